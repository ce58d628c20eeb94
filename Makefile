# Thin: what each target does is in infra/local (see infra/README.md).

# Settings that may be given as arguments, as in: make up PORT=4600 LOCAL_DIR=.local-two
export PORT SIM_PORT SAM_PORT LOCAL_DIR DETACH PAYMENT_WINDOW_SECONDS ROUTE_TIMEOUT_SECONDS WORKER_TIMEOUT_SECONDS REDELIVERY_SECONDS
export REALLY FUNCTION_LOG_LEVEL TEST_PORT TEST_SIM_PORT TEST_SAM_PORT CHAOS_PORT CHAOS_SIM_PORT KEEP REQUIRE_DOCKER

RUN := python3 infra/local/run.py
N ?= 300
C ?= 8

.DEFAULT_GOAL := help
.PHONY: help up down clean-local openapi seed admin import replay chaos costs watch sample-events sam-local invoke test lint test-unit test-stack test-browser test-containers audit bench release deploy rollback smoke destroy

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## Builds and runs all of it on this machine; again, to update it. DETACH=1, PORT=, SIM_PORT=, LOCAL_DIR=
	@$(RUN) up

down: ## Stops what `make up` started; its data stays
	@$(RUN) down

clean-local: ## Stops the local stack and forgets its data
	@$(RUN) clean

openapi: ## Writes docs/openapi.json, docs/events.md and the client's types anew from the code
	@cargo run --quiet --bin openapi > docs/openapi.json.new && mv docs/openapi.json.new docs/openapi.json
	@cargo run --quiet --bin events > docs/events.md.new && mv docs/events.md.new docs/events.md
	@cd frontend && npm run --silent generate

seed: ## Fills the running local stack with the demo catalogue again
	@$(RUN) ironmonger seed

admin: ## Makes somebody an admin of the running local stack: make admin EMAIL=…
	@$(RUN) ironmonger staff add "$(EMAIL)" --group admin

import: ## Imports a retailer's invoice CSV as products: make import FILE=…
	@$(RUN) ironmonger import "$(FILE)"

watch: ## Brings a running `make up` up to date whenever a file is saved
	@$(RUN) watch

sample-events: ## Writes infra/events anew from the code: an event for each function
	@cargo run --quiet --bin sample-events

sam-local: ## Serves the API in containers (needs Docker) on the tables of a running `make up`. SAM_PORT=3000
	@$(RUN) sam-local

invoke: ## Calls a function in a container with its ready event: make invoke FUNCTION=plan-order [EVENT=…]
	@$(RUN) invoke "$(FUNCTION)" $(if $(EVENT),"$(abspath $(EVENT))")

replay: ## Places real invoices as orders: make replay FILE=… N=300 C=8
	@$(RUN) ironmonger replay "$(FILE)" --orders $(N) --concurrency $(C)

chaos: N = 1000
chaos: ## Fulfils real invoices on a stack of its own while everything fails: make chaos FILE=… N=1000 C=8. KEEP=1
	@$(RUN) chaos "$(FILE)" --orders $(N) --concurrency $(C)

costs: N = 20
costs: ## Measures what visits and N orders take of the running local stack, and prints the bill of a month
	@$(RUN) costs $(N)

test: ## Runs every check and test, on a stack of its own; ends with a line of totals
	@$(RUN) test

lint: ## Formats, lints, templates, licences
	@$(RUN) test lint

test-unit: ## Unit and property tests of Rust and of the frontends
	@$(RUN) test unit

test-stack: ## The store and the whole flow on a deployed local stack. KEEP=1 leaves it running
	@$(RUN) test stack

test-browser: ## The shop in Chromium, on the same stack. KEEP=1 leaves it running
	@$(RUN) test browser

test-containers: ## The API in containers, on the same stack; needs Docker. KEEP=1 leaves it running
	@$(RUN) test containers

audit: ## Looks for known weaknesses in what is used, in the public lists of them
	@$(RUN) test audit

bench: ## Measures the search; with a retailer's invoices too: make bench FILE=…
	@FILE="$(abspath $(FILE))" cargo bench --package search --bench search

release: ## Builds all that a deployment needs, for arm64, into .release
	@$(RUN) release

deploy: ## Deploys the checkout, or a release, and tries it out: make deploy ENV=staging [RELEASE=FILE]
	@$(RUN) deploy "$(ENV)" $(if $(RELEASE),"$(RELEASE)")

rollback: ## Deploys the release before the present one again: make rollback ENV=production [TO=VERSION]
	@$(RUN) rollback "$(ENV)" $(if $(TO),"$(TO)")

smoke: ## Tries a shop out, buying nothing; without URL the local one: make smoke [URL=https://…]
	@$(RUN) smoke $(if $(URL),"$(URL)")

destroy: ## Removes an environment, after asking: make destroy ENV=staging
	@$(RUN) destroy "$(ENV)"
