# Each target is one short recipe. Tools are pinned by the tool lines of go.mod; nothing needs to be installed but Go,
# git for bench, and a C compiler for race.

GO       ?= go
FUZZTIME ?= 30s
BENCH    ?= .
COUNT    ?= 10
BASE     ?= main

.PHONY: build test race check golden fuzz bench eval ci eval-quotes lexicons

build: ## the command, as bin/quoth
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags="-s -w" -o bin/quoth ./cmd/quoth

test: ## all tests; no C compiler needed
	CGO_ENABLED=0 $(GO) test ./...

race: ## all tests with the race detector, in random order; needs a C compiler
	CGO_ENABLED=1 $(GO) test -race -shuffle=on ./...

check: ## format, vet, staticcheck, go.mod
	@files=$$(gofmt -l .); if [ -n "$$files" ]; then echo "not formatted; run gofmt -w on:"; echo "$$files"; exit 1; fi
	CGO_ENABLED=0 $(GO) vet ./...
	CGO_ENABLED=0 $(GO) tool staticcheck ./...
	$(GO) mod tidy -diff

golden: ## write the golden files anew; read every line of the difference before you commit it
	$(GO) test $$(grep -rlE --include='*_test.go' '"update"|quoth/pipeline/annot/annottest"' . | xargs -n1 dirname | sort -u) -update

fuzz: ## every fuzz target for FUZZTIME; without the minimizing limit a run can stall on one input
	@list=$$($(GO) test -list '^Fuzz' ./...) || { echo "$$list"; exit 1; }; \
	echo "$$list" | awk '/^Fuzz/ {t[++n] = $$1} /^ok/ {for (i = 1; i <= n; i++) print $$2, t[i]; n = 0}' | \
	while read -r pkg target; do \
		echo "== $$target $$pkg"; \
		$(GO) test -run='^$$' -fuzz="^$$target\$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=1x "$$pkg" </dev/null || exit 1; \
	done

bench: ## the benchmarks that match BENCH, COUNT times, here and at the commit BASE, side by side
	@mkdir -p bin; base=$$(mktemp -d); trap 'git worktree remove --force "$$base"' EXIT; \
	git worktree add --quiet --detach "$$base" $(BASE) && \
	(cd "$$base" && CGO_ENABLED=0 $(GO) test -run='^$$' -bench='$(BENCH)' -count=$(COUNT) ./... || echo "some packages of $(BASE) fail; they are left out" >&2) >bin/bench-base.txt && \
	CGO_ENABLED=0 $(GO) test -run='^$$' -bench='$(BENCH)' -count=$(COUNT) ./... >bin/bench-here.txt && \
	$(GO) tool benchstat bin/bench-base.txt bin/bench-here.txt

eval: ## quality on the gold articles; fails below a floor of corpus/floors.yaml
	CGO_ENABLED=0 $(GO) run ./cmd/quoth eval --min corpus/floors.yaml

ci: check test race eval ## what .ci/run does

# The targets below need data that is not in the repository: QUOTH_SHARED names the folder that holds it, with the
# folders quotes and lexicons inside.

eval-quotes: ## quality on the annotated newspaper articles of PolNeAR
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	CGO_ENABLED=0 $(GO) run ./cmd/quoth eval --gold "$(QUOTH_SHARED)/quotes/polnear.dev.jsonl" --names "$(QUOTH_SHARED)/quotes/polnear.dev.names.jsonl"

lexicons: ## the tables of the gazetteer, built anew from the word lists
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	$(GO) run ./cmd/mklexicon -lexicons "$(QUOTH_SHARED)/lexicons" -o extractors/entities/gazetteer
