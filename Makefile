# Each target is one short recipe. Tools are pinned by the tool lines of go.mod; nothing needs to be installed but Go,
# git for bench, and a C compiler for race.

GO       ?= go
FUZZTIME ?= 30s
BENCH    ?= .
COUNT    ?= 10
BASE     ?= main

KILLS    ?= 100
MUTANTS  ?= 60
RACE     ?= ./cmd/quoth ./corpus/records/dataset ./extractors/... ./pipeline ./pipeline/extract
SEED     ?= 1

.PHONY: mutants crash soak build test test-all race check golden fuzz bench eval ci eval-quotes lexicons train silver train-quotes train-attribution train-indirect eval-entities eval-speakers

build: ## the command, as bin/quoth
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags="-s -w" -o bin/quoth ./cmd/quoth

test: ## all tests, the slow ones with less work: a minute; no C compiler needed
	CGO_ENABLED=0 $(GO) test ./...

test-all: ## all tests in full: every byte, crash loops, hostile sizes, programs that read what quoth writes
	QUOTH_SLOW=1 CGO_ENABLED=0 $(GO) test -timeout 30m ./...

race: ## the tests of the packages RACE, where goroutines share something, with the race detector, in random order; needs a C compiler
	CGO_ENABLED=1 $(GO) test -race -shuffle=on -timeout 30m $(RACE)

check: ## format, vet, staticcheck, go.mod
	@files=$$(gofmt -l .); if [ -n "$$files" ]; then echo "not formatted; run gofmt -w on:"; echo "$$files"; exit 1; fi
	CGO_ENABLED=0 $(GO) vet ./...
	CGO_ENABLED=0 $(GO) tool staticcheck ./...
	$(GO) mod tidy -diff

golden: ## write the golden files again; read every line of the difference before you commit it
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

mutants: ## MUTANTS changes to the program, one at a time, chosen by SEED: does a test fail? those that survive are shown
	CGO_ENABLED=0 $(GO) run ./cmd/mutants -n $(MUTANTS) -seed $(SEED)

ci: test test-all race check eval ## what .ci/run does

# The targets below need data that is not in the repository: QUOTH_SHARED names the folder that holds it, with the
# folders quotes, lexicons, ner and vectors inside.

eval-quotes: ## quality on the annotated newspaper articles of PolNeAR
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	CGO_ENABLED=0 $(GO) run ./cmd/quoth eval --indirect --gold "$(QUOTH_SHARED)/quotes/polnear.dev.jsonl" --names "$(QUOTH_SHARED)/quotes/polnear.dev.names.jsonl"

lexicons: ## the tables of the gazetteer, built again from the word lists
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	$(GO) run ./cmd/mklexicon -lexicons "$(QUOTH_SHARED)/lexicons" -o extractors/entities/gazetteer

# The data and options of the model that is in the repository; docs/models.md says why. Sets are files below QUOTH_SHARED,
# weights follow a colon.
TRAIN_SETS    = ner/conll2003.train.conll:1.5 ner/worldwide_retok.train.conll:1.5 quotes/modern.train.jsonl:1.5 ner/finer_ord_dedup.train.conll:1 \
                ner/wikigold.test.conll:1 ner/wikineural_en.dev.conll:0.3 ner/crossner_politics.train.conll:0.5 \
                ner/crossner_politics.dev.conll:0.5 ner/crossner_politics.test.conll:0.5 ner/uner_ewt_retok.dev.conll:0.5 \
                ner/btc.g_news_tweets.conll:0.5 ner/europarl_en.test.conll:0.5
DEV_SETS      = ner/conll2003.dev.conll ner/worldwide_retok.dev.conll ner/finer_ord.dev.conll ner/nyt_headlines2017.test.conll
NO_MISC_SETS  = ner/finer_ord_dedup.train.conll quotes/modern.train.jsonl ner/uner_ewt_retok.dev.conll ner/btc.g_news_tweets.conll \
                ner/finer_ord.dev.conll ner/nyt_headlines2017.test.conll
TRAIN_OPTIONS = --recased 0.08 --epochs 4 --folds 1 --dropout 0.5 --l2 6 --margin 2 --max-features 400000 --seed 3
NAME_CLUSTERS = news_ft_clusters.tsv glove_clusters_k1000.tsv news_ft64.words.txt glove100.words.txt
TRAIN_TAGGER  = CGO_ENABLED=0 $(GO) run ./cmd/quoth train entities --force $(TRAIN_OPTIONS) \
	$(foreach set,$(TRAIN_SETS),--train "$(QUOTH_SHARED)/$(firstword $(subst :, ,$(set)))") \
	$(foreach set,$(TRAIN_SETS),--weight "$(QUOTH_SHARED)/$(subst :,=,$(set))") \
	--loose "$(QUOTH_SHARED)/quotes/modern.train.jsonl" --without "$(QUOTH_SHARED)/quotes/modern.dev.jsonl" \
	$(foreach set,$(DEV_SETS),--dev "$(QUOTH_SHARED)/$(set)") \
	$(foreach set,$(NO_MISC_SETS),--no-misc "$(QUOTH_SHARED)/$(set)") \
	$(foreach file,$(NAME_CLUSTERS),--clusters "$(QUOTH_SHARED)/vectors/$(file)")

train: ## the tagger of names, trained again on the annotated data and on what make silver made: the same bytes on every run
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	@test -f $(SILVER)/silver.conll || { echo "make silver first"; exit 2; }
	$(TRAIN_TAGGER) --train $(SILVER)/silver.conll --weight $(SILVER)/silver.conll=0.3 --runs 4 -o extractors/entities/crf/model.bin

# ENCODER names the folder with the pretrained encoder, PYTHON a Python with extractors/entities/crf/teacher/requirements.txt.
PYTHON  = python3
TEACHER = $(PYTHON) extractors/entities/crf/teacher/teacher.py --base "$(ENCODER)"
SILVER  = build/silver

silver: ## news articles labelled by a tagger and a fine-tuned encoder together, to train the tagger on: the same labels on every run
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	@test -f "$(ENCODER)/model.safetensors" || { echo "set ENCODER to the folder of the encoder; docs/models.md says which"; exit 2; }
	mkdir -p $(SILVER)
	$(TRAIN_TAGGER) --runs 2 -o $(SILVER)/gold.model
	CGO_ENABLED=0 $(GO) run ./cmd/quoth tag --text "$(QUOTH_SHARED)/quotes/modern.train.jsonl" > $(SILVER)/modern.tokens
	$(TEACHER) align --articles "$(QUOTH_SHARED)/quotes/modern.train.jsonl" -o $(SILVER)/modern.conll $(SILVER)/modern.tokens
	$(TEACHER) train -o $(SILVER)/teacher.pt --without "$(QUOTH_SHARED)/quotes/modern.dev.jsonl" \
		--train $(SILVER)/modern.conll=1.5 --no-misc $(SILVER)/modern.conll \
		$(foreach set,$(filter ner/%,$(TRAIN_SETS)),--train "$(QUOTH_SHARED)/$(subst :,=,$(set))") \
		$(foreach set,$(filter ner/%,$(NO_MISC_SETS)),--no-misc "$(QUOTH_SHARED)/$(set)") \
		$(foreach set,$(DEV_SETS),--dev "$(QUOTH_SHARED)/$(set)")
	zstd -dc "$(QUOTH_SHARED)/news/news_balanced.jsonl.zst" | awk 'NR % 5 == 1 && NR <= 9000' > $(SILVER)/news.jsonl
	CGO_ENABLED=0 $(GO) run ./cmd/quoth tag --text --probabilities --model $(SILVER)/gold.model $(SILVER)/news.jsonl > $(SILVER)/news.tagged
	$(TEACHER) label --model $(SILVER)/teacher.pt -o $(SILVER)/silver.conll $(SILVER)/news.tagged

train-quotes: build/speakers.train.jsonl ## the choice between quotes and other words in marks, trained again: the same bytes on every run; train-attribution follows
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	CGO_ENABLED=0 $(GO) run ./cmd/quoth train quotes --force --precision 0.95 -o extractors/quotes/judge.bin \
		--train "$(QUOTH_SHARED)/quotes/polnear.train.jsonl" --train "$(QUOTH_SHARED)/quotes/gum_news.train.jsonl" \
		--train "$(QUOTH_SHARED)/quotes/modern.train.jsonl" --train build/speakers.train.jsonl --names corpus/speakers/news.train.jsonl

# The articles of the news whose speakers corpus/speakers names.
build/speakers.%.jsonl: corpus/speakers/news.%.jsonl
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	mkdir -p build
	sed 's/, "quotes".*//; s/^{//' $< > build/speakers.ids
	zstd -dc "$(QUOTH_SHARED)/news/news_balanced.jsonl.zst" | grep -F -f build/speakers.ids > $@

eval-speakers: build/speakers.train.jsonl build/speakers.test.jsonl build/speakers.blind.jsonl ## names of speakers of news articles
	for set in train test blind; do \
		CGO_ENABLED=0 $(GO) run ./cmd/quoth eval --gold build/speakers.$$set.jsonl --names corpus/speakers/news.$$set.jsonl --slices --calibration || exit 1; \
	done

train-attribution: build/speakers.train.jsonl ## the choice of speakers, trained again: the same bytes on every run
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	CGO_ENABLED=0 $(GO) run ./cmd/quoth train attribution --force -o extractors/attribution/ranker.bin \
		--train "$(QUOTH_SHARED)/quotes/polnear.train.jsonl" --train "$(QUOTH_SHARED)/quotes/gum_news.train.jsonl" \
		--train "$(QUOTH_SHARED)/quotes/modern.train.jsonl" --names "$(QUOTH_SHARED)/quotes/modern.train.names.jsonl" \
		--weight "$(QUOTH_SHARED)/quotes/modern.train.jsonl=2" \
		--train build/speakers.train.jsonl --names corpus/speakers/news.train.jsonl --weight build/speakers.train.jsonl=0.25

train-indirect: ## the weights of indirect quotes, trained again: the same bytes on every run
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	CGO_ENABLED=0 $(GO) run ./cmd/quoth train indirect --force --gold "$(QUOTH_SHARED)/quotes/polnear.train.jsonl" -o extractors/indirect/indirect.tsv

soak: ## 100,000 articles made of those in the data: memory over the run, speed with one job and with two; draws docs/soak.svg
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	QUOTH_SOAK="$(QUOTH_SHARED)/news/news_balanced.jsonl.zst" QUOTH_SOAK_PLOT="$(CURDIR)/docs/soak.svg" CGO_ENABLED=0 $(GO) test ./cmd/quoth -run '^TestSoak$$' -v -count=1 -timeout 3h

crash: ## runs over the folder ARTICLES, killed KILLS times at random moments and resumed
	@test -n "$(ARTICLES)" || { echo "set ARTICLES to a folder of articles"; exit 2; }
	QUOTH_CRASH_KILLS=$(KILLS) QUOTH_CRASH_ARTICLES="$(ARTICLES)" CGO_ENABLED=0 $(GO) test ./cmd/quoth -run '^TestCrashLoop$$' -v -count=1 -timeout 3h

eval-entities: ## quality of the tagger of names on the dev sets
	@test -n "$(QUOTH_SHARED)" || { echo "set QUOTH_SHARED to the folder of the measurement data"; exit 2; }
	CGO_ENABLED=0 $(GO) run ./cmd/quoth eval entities $(foreach set,$(DEV_SETS),--gold "$(QUOTH_SHARED)/$(set)") \
		--no-misc "$(QUOTH_SHARED)/ner/finer_ord.dev.conll" --no-misc "$(QUOTH_SHARED)/ner/nyt_headlines2017.test.conll"
