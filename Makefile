# Makefile - the front door: make run | test | check | bench. Variants: V=debug|release|asan|tsan|cov.
V ?= debug
CC = gcc
O := build/$(V)$(if $(findstring clang,$(CC)),$(if $(filter fuzz,$(V)),,-clang))
LIBS := libmicrohttpd sqlite3 libpq jansson libsodium openssl libqrencode libbrotlienc zlib libcurl libturbojpeg libpng libexif libseccomp xlsxwriter
MEDIA := libavformat libavcodec libavutil libswscale libswresample
WARN := -Wall -Wextra -Wshadow -Wconversion -Wswitch-enum -Wvla -Wformat=2 -Wstrict-prototypes \
  -Wmissing-prototypes -Wimplicit-fallthrough -Werror
HARD := -fstack-protector-strong -fno-strict-aliasing -fno-delete-null-pointer-checks -fPIE
FLAGS_debug := -O1 -g
FLAGS_release := -O2 -g -flto=auto -D_FORTIFY_SOURCE=3 -fstack-clash-protection \
  -fcf-protection=full -ftrivial-auto-var-init=zero -Wnull-dereference
FLAGS_asan := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan := -O0 -g1 -fsanitize=thread
FLAGS_cov := -O0 -g --coverage
FLAGS_fuzz := -O1 -g1 -fsanitize=fuzzer-no-link,address,undefined
CFLAGS := -std=gnu17 -D_GNU_SOURCE -Isrc -Itests $(WARN) $(HARD) $(FLAGS_$(V)) \
  $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed $(FLAGS_$(V))
LDLIBS := $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lm -lpthread

SRC := $(shell find src -name '*.c')
TESTS := $(filter %_test.c,$(SRC)) $(wildcard tests/*.c)
CODE := $(filter-out %_test.c src/main.c src/media/main.c,$(SRC))
obj = $(patsubst %.c,$(O)/%.o,$(1))
EMBED := $(shell find web rules src -type f \( -path 'web/static/*' -o -path 'web/pages/*' -o \
  -path 'web/texts/*' -o -path 'web/dist/*' -o -path 'rules/*' -o -name '[0-9]*_*.sql' \) 2>/dev/null)

.PHONY: all run test check bench benches clean fuzz install
all: $(O)/lingji $(O)/lingji-media
$(O)/lingji: $(call obj,src/main.c) $(O)/code.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
# decodes what strangers sent; the filter of system calls leaves no room for a sanitizer
$(O)/lingji-media: src/media/main.c src/media/shut.c src/media/shut.h src/media/limits.h
	@mkdir -p $(@D)
	$(CC) $(filter-out -fsanitize% -fno-sanitize% --coverage,$(CFLAGS) $(LDFLAGS)) $(shell pkg-config --cflags $(MEDIA)) \
	  -o $@ $(filter %.c,$^) $(shell pkg-config --libs $(MEDIA) libturbojpeg libseccomp)
$(O)/lingji-test: $(call obj,$(CODE) $(TESTS)) $(O)/embed.o
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
# the tests that start threads, for ThreadSanitizer
RACE := $(shell grep -l pthread_create $(TESTS)) tests/test_main.c tests/app_fixture.c tests/db_fixture.c tests/sample_town.c
$(O)/race-test: $(call obj,$(CODE) $(RACE)) $(O)/embed.o
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(O)/bare $(O)/workers: $(O)/%: $(O)/tests/bench/%.o $(O)/code.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(O)/openings: $(call obj,tests/bench/openings.c tests/sample_town.c $(CODE)) $(O)/embed.o
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(O)/pace: $(call obj,tests/bench/pace.c)
	$(CC) $(LDFLAGS) -o $@ $^
$(O)/idle: $(call obj,tests/bench/idle.c)
	$(CC) $(LDFLAGS) -o $@ $^
benches: $(addprefix $(O)/,bare workers openings pace idle bench-market bench-hall bench-bundle bench-index)
MARKET := $(call obj,$(filter-out %_test.c,$(wildcard src/market/*.c src/base/*.c)))
$(O)/market-test: $(call obj,$(wildcard src/market/*.c) $(filter-out %_test.c,$(wildcard src/base/*.c)) tests/test_main.c tests/sample_town.c)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(O)/bench-hall: $(O)/tests/proxy.o
$(O)/bench-bundle $(O)/bench-hall: $(O)/bench-%: $(O)/tests/bench/bench_%.o $(MARKET)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
LEMON := $(wildcard /usr/include/lemon/network_simplex.h)
$(O)/bench-market: $(call obj,tests/bench/bench_market.c) $(MARKET) $(if $(LEMON),$(O)/tests/bench/lemon.o)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(if $(LEMON),-l:liblemon.a -lstdc++)
$(O)/bench-index: $(call obj,tests/bench/bench_index.c tests/sample_town.c $(filter-out %_test.c,$(wildcard src/market/*.c src/base/*.c)))
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(O)/tests/bench/bench_market.o: CFLAGS += $(if $(LEMON),-DWITH_LEMON)
$(O)/tests/bench/lemon.o: tests/bench/lemon.cpp tests/bench/lemon.h
	@mkdir -p $(@D)
	$(CXX) -std=c++17 -O2 -DNDEBUG -fPIE -c -o $@ $<
# of the archive a target takes what it reaches; what none reaches is built for its warnings, without checks
$(O)/fuzz-%: $(O)/tests/fuzz/%.o $(O)/code.a
	$(CC) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(O)/code.a: $(call obj,$(CODE)) $(O)/embed.o
	@rm -f $@ && gcc-ar rcsT $@ $^
build/fuzz/src/feature/%_rules.o: CFLAGS := $(CFLAGS)
build/fuzz/src/feature/%.o build/fuzz/src/cmd/%.o build/fuzz/src/db/%.o: CFLAGS := $(subst $(FLAGS_fuzz),-O0 -g1,$(CFLAGS))
$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
# one pass over arrays: as vector instructions
$(addprefix build/release/src/market/,strip.o strip_ask.o squad.o): CFLAGS += -O3 -fno-math-errno -fno-trapping-math \
  $(if $(filter x86_64%,$(shell $(CC) -dumpmachine)),-DLANES='__attribute__((target_clones("default","avx2"),flatten))')
$(O)/embed.c: tools/embed.sh $(EMBED) $(sort $(dir $(EMBED))) # a folder is newer when a file was renamed or has gone
	@mkdir -p $(@D)
	tools/embed.sh $(EMBED) > $@.new && mv $@.new $@
$(O)/embed.o: $(O)/embed.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

check: $(O)/lingji-test $(O)/lingji-media
	@tools/gates.sh & gates=$$!; $(O)/lingji-test -j$$(nproc) && wait $$gates
run:
	tools/deps.sh build
	$(MAKE) -s V=release all
	exec build/release/lingji demo
test:
	tools/deps.sh build test
	tests/run.sh
bench:
	tools/deps.sh build test bench
	tests/bench/run.sh
fuzz:
	tests/fuzz/run.sh
install: all
	install -D $(O)/lingji $(DESTDIR)/usr/bin/lingji
	install -D $(O)/lingji-media $(DESTDIR)/usr/bin/lingji-media
	install -D -m 644 docs/lingji.1 $(DESTDIR)/usr/share/man/man1/lingji.1
	install -D -m 644 packaging/lingji.service $(DESTDIR)/usr/lib/systemd/system/lingji.service
	install -d $(DESTDIR)/etc/lingji # commands in a shell find the data of the unit; what was changed stays
	[ -e $(DESTDIR)/etc/lingji/lingji.conf ] || { umask 022; \
	  sed 's|^#data = .*|data = /var/lib/lingji|' packaging/lingji.conf > $(DESTDIR)/etc/lingji/lingji.conf; }
clean:
	rm -rf build
-include $(shell find $(O) -name '*.d' 2>/dev/null)
