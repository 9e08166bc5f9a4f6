# Every goal installs the Debian packages it lacks; nothing else needs to be there but Swift and make.

PACKAGES = libsqlite3-dev libsimdjson-dev zlib1g-dev libarchive-dev liblzma-dev libxxhash-dev \
  libmicrohttpd-dev libcurl4-openssl-dev tzdata
# A browser without a window, for the pages of --format html, a validator of JSON Schema, a reader of
# OpenMetrics, the servers of a cluster with their certificates, and what installs the current engine.
TEST_PACKAGES = $(DEB_PACKAGES) sqlite3 zstd bzip2 xz-utils groff-base strace time \
  chromium-headless-shell python3-jsonschema python3-prometheus-client clickhouse-server openssl \
  python3 python3-venv
# To make packages, and to try them in a bare Debian.
DEB_PACKAGES = dpkg-dev binutils
STATIC_PACKAGES = $(DEB_PACKAGES) g++ libzstd-dev liblz4-dev libbz2-dev
TRIAL_PACKAGES = lintian debootstrap
BENCH_PACKAGES = python3 python3-venv gcc goaccess
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# Exclusive access to memory is checked as the tests run, in their debug build; Tests/Benchmarks/results.md
# has what it would cost here.
# Functions are sections, so that the linker leaves out what nothing calls.
# Where the binary has to be moved to is written down in a sixteenth of the room, as glibc 2.36 and newer read
# it (Debian 12 has that; the tarball does without).
RELEASE = -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked \
  -Xswiftc -Xfrontend -Xswiftc -function-sections \
  -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs
ERRATA = .build/release/errata
VERSION := $(shell sed -n 's/.* version = "\(.*\)"/\1/p' Sources/Release/ThisRelease.swift)
DEMO = Tests/Fixtures/demo/demo.ndjson.gz
DEMO_STORE = .build/demo.db
DEMO_PAGE = .build/demo.html

# make install PREFIX=/usr DESTDIR=package
PREFIX = /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
CHAPTERS = $(basename $(notdir $(wildcard Sources/Manual/*.md)))
PAGES = $(CHAPTERS:%=$(SHARE)/man/man7/errata-%.7)
UNITS = $(PREFIX)/lib/systemd/system
UNIT_FILES = $(notdir $(wildcard .packaging/systemd/*))
EXAMPLES = $(SHARE)/doc/errata/examples

.PHONY: install uninstall deb tarball trial demo build test sanitize soak check lint bench fuzz packages \
  test-packages bench-packages

# What errata does, in a minute: imports two weeks of a log and prints what the week was like.
demo: build
	@rm -f $(DEMO_STORE) $(DEMO_STORE)-* $(DEMO_STORE).lock
	@printf '\nTwo made-up weeks of five vendors, as three gateways and a client logged them.\n'
	@printf '\n$$ errata import $(DEMO)\n'
	@$(ERRATA) import --store $(DEMO_STORE) $(DEMO)
	@printf '\n$$ errata report\n'
	@$(ERRATA) report --store $(DEMO_STORE) --tz UTC
	@printf '\n$$ errata report --format html -o $(DEMO_PAGE)\n'
	@$(ERRATA) report --store $(DEMO_STORE) --tz UTC --format html -o $(DEMO_PAGE)
	@printf '\n$$ errata find req_8f2c61d09ab47e3512cd\n'
	@$(ERRATA) find --store $(DEMO_STORE) --tz UTC req_8f2c61d09ab47e3512cd

build: packages
	swift build $(RELEASE) --product errata

# The binary without its symbols, the manual's pages, completions for bash, zsh and fish, units for systemd
# and rules to begin with.
install: build
	@install -D -s -m 755 $(ERRATA) $(DESTDIR)$(PREFIX)/bin/errata
	@mkdir -p $(SHARE)/man/man1 $(SHARE)/man/man7 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/vendor-completions $(SHARE)/fish/vendor_completions.d $(DESTDIR)$(UNITS) $(EXAMPLES)
	@$(ERRATA) completions man -o $(SHARE)/man/man1/errata.1
	@for chapter in $(CHAPTERS); do \
	  $(ERRATA) completions man $$chapter -o $(SHARE)/man/man7/errata-$$chapter.7 || exit 1; \
	done
	@$(ERRATA) completions bash -o $(SHARE)/bash-completion/completions/errata
	@$(ERRATA) completions zsh -o $(SHARE)/zsh/vendor-completions/_errata
	@$(ERRATA) completions fish -o $(SHARE)/fish/vendor_completions.d/errata.fish
	@for unit in $(UNIT_FILES); do \
	  sed 's|@BIN@|$(PREFIX)/bin|' .packaging/systemd/$$unit > $(DESTDIR)$(UNITS)/$$unit || exit 1; \
	done
	@install -m 644 .packaging/check.rules .packaging/datasette.json .packaging/grafana.json $(EXAMPLES)

uninstall:
	@rm -f $(DESTDIR)$(PREFIX)/bin/errata $(SHARE)/man/man1/errata.1 $(PAGES) \
	  $(SHARE)/bash-completion/completions/errata $(SHARE)/zsh/vendor-completions/_errata \
	  $(SHARE)/fish/vendor_completions.d/errata.fish $(UNIT_FILES:%=$(DESTDIR)$(UNITS)/%)
	@rm -rf $(SHARE)/doc/errata

# A Debian package: .build/errata_VERSION_ARCHITECTURE.deb.
deb: build
	$(call install,$(DEB_PACKAGES))
	@.packaging/deb.sh $(VERSION)

# For other Linux systems, with all libraries linked in: .build/errata-VERSION-ARCHITECTURE-linux.tar.gz.
tarball: build
	$(call install,$(STATIC_PACKAGES))
	@.packaging/tarball.sh $(VERSION)

# Both, and the package installed, tried, upgraded and purged in a bare Debian 12.
trial: deb tarball
	$(call install,$(TRIAL_PACKAGES))
	$(SUDO) Tests/Packaging/bare-debian.sh $(VERSION)

# The end-to-end tests run the release binary.
test: test-packages build
	swift test

# The trials that make test runs for seconds, at length: KILLS kills with races and faults to match,
# SEQUENCES sequences of what happens to log files, and more draws of each family of logs.
KILLS = 1000
SEQUENCES = 50000
soak: test-packages build
	ERRATA_SOAK=$(KILLS) swift test --filter SoakTests
	ERRATA_SOAK=$(SEQUENCES) swift test -c release --scratch-path .build/soak -Xswiftc -enable-testing \
	  --filter 'ModelTests|StoreDamageTests|FamilyTests'

# Everything once more, watched by sanitizers; SHORT=1 watches the program alone. Tests/Sanitizers
# says what is left out, and why.
SANITIZERS = address thread
sanitize: test-packages
	for sanitizer in $(SANITIZERS); do Tests/Sanitizers/run.sh $$sanitizer $(if $(SHORT),short,whole) || exit 1; done

check: lint test
	$(MAKE) sanitize SHORT=1

lint:
	swift format lint --strict --recursive Package.swift Sources Queries Tests

# QUICK=1 for a look; without it the figures go into Tests/Benchmarks/results.md.
bench: build bench-packages
	.venv/bin/python Tests/Benchmarks/bench.py --errata $(ERRATA)

# Any bytes whatever, for so many seconds a target: make fuzz SECONDS=600 TARGETS=json. What is found
# stands in .build/fuzz/found; what is kept of it goes to Tests/Fixtures/fuzz, which the tests replay.
SECONDS = 60
TARGETS = lines records bodies phrases times profiles formats arguments json rendering rules stores
FUZZER = .build/fuzz/release/Fuzzer

fuzz: packages
	ERRATA_FUZZ=1 swift build --scratch-path .build/fuzz -c release --product Fuzzer
	@for target in $(TARGETS); do \
	  echo "fuzzing $$target"; \
	  mkdir -p .build/fuzz/found .build/fuzz/corpus/$$target; \
	  SWIFT_BACKTRACE=enable=no $(FUZZER) $$target .build/fuzz/corpus/$$target Tests/Fixtures/fuzz/$$target \
	    -max_total_time=$(SECONDS) -max_len=4096 -timeout=30 -rss_limit_mb=1024 -print_final_stats=1 \
	    -artifact_prefix=.build/fuzz/found/$$target- || exit 1; \
	done

define install
	@missing=; for package in $(1); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  $(SUDO) apt-get update -qq && \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

packages:
	$(call install,$(PACKAGES))

# ClickHouse's current engine is a package of Python's, of 550 MB.
test-packages:
	$(call install,$(PACKAGES) $(TEST_PACKAGES))
	@[ -x .venv/bin/python ] || python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --no-deps --requirement Tests/Cluster/Engine/requirements.txt

bench-packages:
	$(call install,$(PACKAGES) $(BENCH_PACKAGES))
	@[ -x .venv/bin/python ] || python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --requirement Tests/Benchmarks/requirements.txt
