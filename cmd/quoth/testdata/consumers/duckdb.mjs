// A stand-in for DuckDB's command line, which package registries do not have: the same database, by its package for
// Node.js, for the tests of cmd/quoth.
//
//	node duckdb.mjs [-csv|-json] [-c] SQL
//
// prints the rows of the last statement as CSV, a header first, or as one array of JSON.
import { DuckDBInstance } from '@duckdb/node-api';

let json = false;
let sql = '';
for (const arg of process.argv.slice(2)) {
	if (arg === '-json') json = true;
	else if (arg !== '-csv' && arg !== '-c') sql = arg;
}

const cell = (v) => {
	if (v === null) return '';
	if (typeof v === 'object') v = JSON.stringify(v);
	v = String(v);
	return /[",\r\n]/.test(v) ? '"' + v.replaceAll('"', '""') + '"' : v;
};

// Whole numbers beyond 32 bits come as texts. They are small enough for a number here.
const wide = new Set(['BIGINT', 'HUGEINT', 'UBIGINT']);

try {
	const db = await DuckDBInstance.create(':memory:', { threads: '2' });
	const connection = await db.connect();
	const reader = await connection.runAndReadAll(sql);
	const names = reader.columnNames();
	const types = reader.columnTypes().map(String);
	const rows = reader.getRowsJson().map((row) => row.map((v, i) => (v !== null && wide.has(types[i]) ? Number(v) : v)));
	if (json) {
		const objects = rows.map((row) => Object.fromEntries(row.map((v, i) => [names[i], v])));
		process.stdout.write(JSON.stringify(objects) + '\n');
	} else if (names.length > 0) {
		process.stdout.write([names, ...rows].map((row) => row.map(cell).join(',') + '\n').join(''));
	}
} catch (err) {
	console.error(err.message);
	process.exitCode = 1;
}
