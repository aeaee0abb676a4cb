# The whole project in two commands: `make demo` and `make test`. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Qt's window system libraries, PortAudio, and what the tests use as camera, microphone and display.
DEBIAN_PACKAGES := python3-venv libegl1 libgl1 libopengl0 libglib2.0-0 libdbus-1-3 libfontconfig1 fonts-dejavu-core \
	libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 \
	libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libnss3 libasound2 libportaudio2 \
	libasound2-plugins pulseaudio pulseaudio-utils xvfb xdotool
export HF_HUB_OFFLINE := 1
export TRANSFORMERS_OFFLINE := 1

.PHONY: setup system demo test test-long check lint types layers models faults soak screenshots translations fuzz bench fusion-results peers dist lock

setup: $(STAMP)

# Debian packages: installed when root, else named in one line. Other systems bring these libraries themselves.
system:
	@command -v dpkg-query >/dev/null 2>&1 || exit 0; missing=""; \
	for package in $(DEBIAN_PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "install ok installed" || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
		else \
			echo "Some features need Debian packages; install them with: sudo apt-get install$$missing"; \
		fi; \
	fi

$(STAMP): requirements.lock pyproject.toml | system
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $(STAMP)

demo: setup
	$(BIN)/classroom-analyzer demo

# Two at a time, a file to one of them, the files with the longest tests first: most tests use one core. The few that watch the whole machine run alone.
test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone and not long"
	$(BIN)/python -m pytest -m alone

# The tests that make test leaves out for want of time: long lessons, devices and disks that fail.
test-long: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

check: lint types layers test

# Trains every bundled model from the recordings marked for training and from simulated lessons.
models: setup
	$(BIN)/classroom-analyzer train autoencoder --modality face --data $(DATA) --out assets/models
	$(BIN)/classroom-analyzer train autoencoder --modality sound --data $(DATA) --out assets/models
	$(BIN)/classroom-analyzer train autoencoder --modality text --data $(DATA) --out assets/models
	$(BIN)/classroom-analyzer train voice --data $(DATA) --out assets/models
	$(BIN)/classroom-analyzer train text --data $(DATA) --out assets/models
	$(BIN)/classroom-analyzer train fusion --out assets/models

DATA ?= ../shared/data

# Every injected fault in full length; the pages of both targets lie in docs/results.
faults: setup
	@mkdir -p docs/results
	CLASSROOM_ANALYZER_KILLS=50 $(BIN)/python -m pytest -m fault -p tests.fault_page --fault-page docs/results/faults.md

# A live lesson under measurement: make soak, make soak SECONDS=60, make soak BUSY=1
SECONDS ?= 600
soak: setup
	@mkdir -p docs/results
	$(BIN)/python -m tests.soak.run --seconds $(SECONDS) $(if $(BUSY),--busy) --out docs/results/soak.json

# Every page of the window, light and dark, English and Chinese.
screenshots: setup
	$(BIN)/python -m tests.gui.screenshots docs/images

# Renew the catalogues from the sources; what is new stands in them as unfinished, for Qt Linguist or an editor.
translations: setup
	$(BIN)/python assets/translations/update.py

fuzz:
	@echo "make fuzz: comes with the hardened media and model readers"

# Speed on this machine; MODELS is a folder with the packs' files, PEERS a Python with mediapipe (make peers).
bench: setup
	@mkdir -p docs/results
	$(BIN)/classroom-analyzer bench $(if $(MODELS),--models $(MODELS)) $(if $(PEERS),--peer-python $(PEERS)) \
		$(if $(PEER_FRAMES),--peer-frames $(PEER_FRAMES)) $(if $(MINUTES),--minutes $(MINUTES)) --out docs/results/bench.json

# How the bundled fusion scores beside its rivals: some four minutes; written from the tables of the command itself.
fusion-results: setup
	@rm -rf build/fusion-results && mkdir -p build docs/results
	$(BIN)/classroom-analyzer evaluate fusion --out build/fusion-results
	cp build/fusion-results/report.md docs/results/fusion.md

# Another tool to compare with, in an environment of its own: make bench PEERS=.venv-peers/bin/python
peers: setup
	$(BIN)/uv venv --quiet --allow-existing .venv-peers
	$(BIN)/uv pip install --quiet --python .venv-peers/bin/python mediapipe

dist: setup
	$(BIN)/uv build

# Renew the lock file after a change of pyproject.toml.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --output-file requirements.lock
