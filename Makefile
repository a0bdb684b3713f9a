# Everything a newcomer needs:  make hear  and  make test
#
#   make hear        set up, build, write a new tune with the embedded model and play it
#   make test        set up, build, run every test
#   make build       the release binary, .build/release/hornpipe
#   make install     copy the program to PREFIX/bin (default /usr/local)
#   make docs        the libraries' documentation, the manual page and shell completions, in .build/docs
#   make pictures    the README's pictures, from the current build
#   make format      lay out the Swift code; make lint checks it
#   make soundfont   make SoundFonts/Hornpipe.sf2 anew
#   make model       make the embedded model anew (see Corpus/README.md)
#   make paper       the paper's whole study: PAPER=folder with train.txt, val.txt and test.txt, OUT=report folder

PREFIX ?= /usr/local
SWIFT_FLAGS := -c release -Xswiftc -enable-testing
PROGRAM := .build/release/hornpipe
WAV ?= hornpipe.wav
SWIFT_CODE := Package.swift Sources Tests SoundFonts/Maker Benchmarks/Model

BUILD_PACKAGES := libfluidsynth-dev libsndfile1-dev libasound2-dev
TEST_PACKAGES := $(BUILD_PACKAGES) abcmidi abcm2ps librsvg2-bin curl chromium pulseaudio pulseaudio-utils libasound2-plugins

.PHONY: build hear test install docs manual pictures format lint soundfont model paper clean build-packages test-packages

build: build-packages
	swift build $(SWIFT_FLAGS) --product hornpipe

# Where there is no sound card, hornpipe says so with exit status 2, and the sound goes to a file.
hear: build
	@status=0; seed=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' '); \
	$(PROGRAM) generate --seed $$seed --play || status=$$?; \
	if [ $$status -eq 2 ]; then \
	  echo "No sound could be played, so the tune goes to a file."; \
	  $(PROGRAM) generate --seed $$seed --quiet --wav "$(WAV)" > /dev/null && \
	  echo "The tune is in $(WAV)"; \
	else exit $$status; fi

# SWIFT_FLAGS make everything testable already; said twice, nothing that `make build` built could be used again.
test: test-packages
	swift test $(SWIFT_FLAGS) --disable-testable-imports --disable-swift-testing

# Takes what was built, so that `sudo make install` builds nothing as root.
install:
	@test -x $(PROGRAM) || { echo "Run 'make build' first."; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/hornpipe"
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1" "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	$(PROGRAM) manual > "$(DESTDIR)$(PREFIX)/share/man/man1/hornpipe.1"
	$(PROGRAM) --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/hornpipe"
	$(PROGRAM) --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_hornpipe"
	$(PROGRAM) --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/hornpipe.fish"
	install -s -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/hornpipe"
	install -m 644 Corpus/starter.abc SoundFonts/Hornpipe.sf2 LICENSE "$(DESTDIR)$(PREFIX)/share/hornpipe"

docs: build
	mkdir -p .build/docs/libraries
	for library in ABCNotation StandardMIDI ABCToMIDI CharacterModel; do \
	  HORNPIPE_DOCS=1 swift package --scratch-path .build/docs-work --allow-writing-to-directory .build/docs \
	    generate-documentation --target $$library --disable-indexing --transform-for-static-hosting \
	    --hosting-base-path $$library --output-path .build/docs/libraries/$$library || exit 1; done
	$(MAKE) --no-print-directory manual
	@echo "The libraries' documentation is in .build/docs/libraries, the manual page and completions in .build/docs"

# Both are made from what the program itself declares.
manual: build
	@mkdir -p .build/docs
	$(PROGRAM) manual > .build/docs/hornpipe.1
	for shell in bash zsh fish; do $(PROGRAM) --generate-completion-script $$shell > .build/docs/hornpipe.$$shell || exit 1; done

pictures: build test-packages
	Benchmarks/pictures $(PROGRAM)

format:
	swift format -i -r $(SWIFT_CODE)

lint:
	swift format lint --strict -r $(SWIFT_CODE)

soundfont:
	swift run $(SWIFT_FLAGS) soundfont-maker SoundFonts/Hornpipe.sf2

model: build
	Corpus/rebuild-model $(PROGRAM)

PAPER ?= ../shared/data/paper
OUT ?= paper-report

# Stopped and started again, it goes on where it was.
paper: build
	@test -f "$(PAPER)/train.txt" || { echo "The paper's texts are not in $(PAPER): say where with make paper PAPER=folder"; exit 1; }
	$(PROGRAM) train --study Benchmarks/paper/study.json --train "$(PAPER)/train.txt" \
	  --validation "$(PAPER)/val.txt" --test "$(PAPER)/test.txt" -o "$(OUT)"

clean:
	rm -rf .build

build-packages:
	@.ci/system-packages $(BUILD_PACKAGES)

test-packages:
	@.ci/system-packages $(TEST_PACKAGES)
