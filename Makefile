# 一键游 (Yijianyou). `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := bin/yijianyou
UI := web/ui
GO ?= go
DATA ?= data/demo
DATABASE ?=
LISTEN ?= 127.0.0.1:8080
VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo dev)

.PHONY: help run build ui openapi test test-go test-ui test-e2e test-api lint check race bench soak clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

run: build ## build all and start with the demo data on http://127.0.0.1:8080 (DATABASE=mongodb: on a real mongod)
	@scripts/run $(BIN) $(DATA) $(LISTEN) "$(DATABASE)"

build: ui ## leave bin/yijianyou, front end inside
	@scripts/timed build $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/yijianyou

ui: $(UI)/dist/index.html ## build the front end into web/ui/dist

UI_SOURCES := $(shell find $(UI) -path $(UI)/node_modules -prune -o -path $(UI)/dist -prune -o -type f -print)

$(UI)/dist/index.html: $(UI_SOURCES) | $(UI)/node_modules/.package-lock.json
	@scripts/timed ui npm --prefix $(UI) run build

$(UI)/node_modules/.package-lock.json: $(UI)/package-lock.json
	@scripts/timed npm-ci npm --prefix $(UI) ci --no-audit --no-fund
	@touch $@

test: build test-go test-ui test-api test-e2e ## everything that must hold, browser included

test-go: ## Go tests; MongoDB tests run on a real mongod, got by scripts/mongod
	@scripts/timed test-go $(GO) test -count=1 ./...

test-ui: | $(UI)/node_modules/.package-lock.json ## types, unit tests and size budget of the front end
	@scripts/timed test-ui npm --prefix $(UI) run verify

test-api: build ## the API against its own OpenAPI document, as a stranger and as each role
	@scripts/timed test-api scripts/test-api

test-e2e: build ## journeys in a real browser against a real server
	@scripts/timed test-e2e scripts/test-e2e

openapi: ## refresh the OpenAPI document, the list of routes and the types of the front end
	$(GO) test ./cmd/yijianyou/internal/app -run 'TestEveryRoute|TestTheOpenAPI' -update
	npm --prefix $(UI) run types

lint: ## gofmt, vet, front-end lint
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'gofmt: the files above are not formatted'; exit 1; }
	@scripts/timed vet $(GO) vet ./...

race: ## data races in the store, the follower, the live hub and the intake of samples
	@scripts/timed race $(GO) test -race -short -count=1 ./internal/store/... ./search/feed/... ./web/live/... ./web/auth/... ./sensors/...

check: lint test race ## what CI runs

bench: ## side-by-side and per-operation figures
	scripts/bench

soak: ## long kill loops and fuzzing
	scripts/soak

clean: ## remove what was built
	rm -rf bin $(UI)/node_modules web/e2e/node_modules
	find $(UI)/dist -mindepth 1 ! -name placeholder.html -delete
