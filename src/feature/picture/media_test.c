/* media_test.c - films and voices: what is sent comes back as another MP4, short, upright, bare of what it
 * said about its maker, or not at all. The test makes its own: Matroska of JPEGs, WAV of a tone. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "feature/picture/picture.h"
#include "test.h"

/* ---- making ---- */

static void put_be(struct buf *b, uint64_t x, int bytes)
{
    while (bytes--)
        buf_c(b, (char)(x >> (8 * bytes)));
}

/* An EBML element: its id, its size in eight bytes, what it holds. */
static void element(struct buf *b, uint32_t id, struct str inner)
{
    put_be(b, id, id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1);
    put_be(b, 0x0100000000000000ull | inner.n, 8);
    buf_put(b, inner);
}

static void number(struct buf *b, uint32_t id, uint64_t x)
{
    element(b, id, (struct str){(const char[]){(char)(x >> 24), (char)(x >> 16), (char)(x >> 8), (char)x}, 4});
}

static struct buf room(struct town *t, size_t n)
{
    struct buf b;
    buf_init(&b, &t->a, n);
    return b;
}

static struct str frame_of(struct town *t, int w, int h, int shade)
{
    unsigned char *p = NULL, *pixels = arena_alloc(&t->a, (size_t)w * (size_t)h * 3);
    unsigned long n = 0;
    tjhandle tj = tjInitCompress();
    memset(pixels, shade, (size_t)w * (size_t)h * 3);
    memset(pixels, 255, (size_t)w * 3 * (size_t)(h / 4)); /* white above */
    CHECK(tjCompress2(tj, pixels, w, 0, h, TJPF_RGB, &p, &n, TJSAMP_420, 80, 0) == 0);
    struct str out = str_dup(&t->a, (struct str){(char *)p, n});
    tjFree(p);
    tjDestroy(tj);
    return out;
}

/* `seconds` of film, four pictures a second, by "SECRETCAMERA". */
static struct str film_of(struct town *t, int w, int h, int seconds)
{
    struct buf file = room(t, 8 << 20), head = room(t, 999), info = room(t, 999), track = room(t, 999), video = room(t, 99),
               tracks = room(t, 999), segment = room(t, 8 << 20);
    element(&head, 0x4282, S("matroska"));
    number(&info, 0x2AD7B1, 1000000);
    element(&info, 0x7BA9, S("SECRETPLACE"));
    element(&info, 0x4D80, S("SECRETCAMERA"));
    element(&info, 0x5741, S("SECRETCAMERA"));
    number(&track, 0xD7, 1);
    number(&track, 0x73C5, 1);
    number(&track, 0x83, 1);
    element(&track, 0x86, S("V_MJPEG"));
    number(&video, 0xB0, (uint64_t)w);
    number(&video, 0xBA, (uint64_t)h);
    element(&track, 0xE0, buf_str(&video));
    element(&tracks, 0xAE, buf_str(&track));
    element(&segment, 0x1549A966, buf_str(&info));
    element(&segment, 0x1654AE6B, buf_str(&tracks));
    for (int s = 0; s < seconds; s++) {
        struct buf cluster = room(t, 1 << 20);
        number(&cluster, 0xE7, (uint64_t)s * 1000);
        for (int i = 0; i < 4; i++) {
            struct buf block = room(t, 256 << 10);
            put_be(&block, 0x81, 1);
            put_be(&block, (uint64_t)i * 250, 2);
            put_be(&block, 0x80, 1);
            buf_put(&block, frame_of(t, w, h, (s * 7 + i) % 100));
            element(&cluster, 0xA3, buf_str(&block));
        }
        element(&segment, 0x1F43B675, buf_str(&cluster));
    }
    element(&file, 0x1A45DFA3, buf_str(&head));
    element(&file, 0x18538067, buf_str(&segment));
    CHECK(!file.over && !segment.over);
    return buf_str(&file);
}

static struct str voice_of(struct town *t, int seconds)
{
    enum { HZ = 8000 };
    uint32_t n = (uint32_t)(seconds * HZ) * 2, rate[2] = {HZ, 2 * HZ}, all = n + 36;
    uint16_t kinds[2] = {1, 1}, ends[2] = {2, 16};
    struct buf b = room(t, n + 100);
    buf_put(&b, S("RIFF"));
    buf_put(&b, (struct str){(char *)&all, 4});
    buf_put(&b, S("WAVEfmt \x10\0\0\0"));
    buf_put(&b, (struct str){(char *)kinds, 4});
    buf_put(&b, (struct str){(char *)rate, 8});
    buf_put(&b, (struct str){(char *)ends, 4});
    buf_put(&b, S("data"));
    buf_put(&b, (struct str){(char *)&n, 4});
    for (uint32_t i = 0; i < n / 2; i++) {
        int16_t x = (int16_t)(8000 * sin(i * 0.35));
        buf_put(&b, (struct str){(char *)&x, 2});
    }
    return buf_str(&b);
}

/* Duration in the movie header, ms. */
static int64_t length_ms(struct str mp4)
{
    ptrdiff_t at = str_find(mp4, S("mvhd"));
    const unsigned char *p = (const unsigned char *)mp4.p + at + 16;
    CHECK(at > 0);
    if (at <= 0)
        return 0;
    uint32_t scale = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    uint32_t units = (uint32_t)p[4] << 24 | (uint32_t)p[5] << 16 | (uint32_t)p[6] << 8 | p[7];
    return scale ? (int64_t)units * 1000 / scale : 0;
}

/* ---- a visit with pictures and a film ---- */

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"海珠区凤阳街\","
                           "\"pay_unit\":\"day\",\"pay_fen\":32000,\"valid_to\":\"2026-11-30\",\"cap\":2,\"break_min\":60,"
                           "\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T18:00:00+08:00\"}";

static const char *path(struct town *t, const char *format, struct str id)
{
    ptrdiff_t at = str_find(str_c(format), S("*"));
    return str_z(&t->a, str_fmt(&t->a, "%.*s%.*s%s", (int)at, format, SV(id), format + at + 1));
}

static struct str visited(struct town *t, struct str boss, struct str inspector, struct str *ret_shift)
{
    struct str job = town_call(t, POST, "/api/v1/jobs", post, boss).body;
    const char *visits = path(t, "/api/v1/jobs/*/visits", json_value(t, job, "id"));
    *ret_shift = json_value(t, job, "shift_id");
    struct answer a = town_call(t, POST, visits,
                                "{\"answers\":[\"address\",\"work\",\"pay\",\"no_fee\",\"safe\"],\"outcome\":\"pass\",\"shown\":[\"2\",\"film\"]}", inspector);
    CHECK_EQ(a.status, 201);
    return json_value(t, a.body, "id");
}

static void sample_visit(struct town *t)
{
    int64_t id;
    struct str shift, page, jpeg = frame_of(t, 64, 48, 30);
    struct str boss = town_employer(t, "锦裳制衣厂", &id), other = town_staff(t, INSPECTOR, 440105), inspector = town_staff(t, INSPECTOR, 440105);
    struct str visit = visited(t, boss, inspector, &shift);
    const char *first = path(t, "/api/v1/visits/*/pictures/1", visit), *second = path(t, "/api/v1/visits/*/pictures/2", visit);
    CHECK_EQ(town_send(t, PUT, first, jpeg, other).status, 404); /* nobody adds to the visit of another */
    CHECK_EQ(town_send(t, PUT, first, S("no picture"), inspector).status, 422);
    CHECK_EQ(town_send(t, PUT, path(t, "/api/v1/visits/*/pictures/7", visit), jpeg, inspector).status, 404);
    for (int twice = 0; twice < 2; twice++) {
        CHECK_EQ(town_send(t, PUT, first, jpeg, inspector).status, 204);
        CHECK_EQ(town_send(t, PUT, second, frame_of(t, 64, 48, 30 + 100 * twice), inspector).status, 204);
    }
    struct str before = town_call(t, GET, second, "", inspector).body;
    CHECK(str_starts(before, S("\xff\xd8\xff")));
    CHECK(str_find(town_call(t, GET, "/api/v1/visits", "", inspector).body, S("\"parts\":[\"1\",\"2\"]")) > 0);
    for (int i = 0; i < 25; i++) { /* in a long list too, each visit has its own */
        t->now_ms += 1000;
        struct str later = visited(t, boss, inspector, &page);
        if (i % 8 == 0)
            CHECK_EQ(town_send(t, PUT, path(t, "/api/v1/visits/*/pictures/3", later), jpeg, inspector).status, 204);
    }
    struct str all = town_call(t, GET, "/api/v1/visits", "", inspector).body;
    ptrdiff_t third = str_find(all, S("\"parts\":[\"3\"]"));
    CHECK(third > 0 && str_find(all, S("\"parts\":[\"1\",\"2\"]")) > third); /* latest first */
    CHECK_EQ(town_call(t, GET, first, "", S("")).status, 404); /* only what the inspector marked */
    CHECK_EQ(town_call(t, GET, second, "", S("")).status, 200);
    page = town_call(t, GET, path(t, "/jobs/*", shift), "", S("")).body;
    CHECK(str_find(page, str_c(second)) > 0 && str_find(page, str_c(first)) < 0);
    CHECK_EQ(town_call(t, DELETE, second, "", other).status, 404);
    CHECK_EQ(town_call(t, DELETE, second, "", inspector).status, 204);
    CHECK_EQ(town_call(t, GET, second, "", S("")).status, 404);
    CHECK(str_find(town_call(t, GET, path(t, "/jobs/*", shift), "", S("")).body, str_c(second)) < 0);
}

TEST(pictures_of_a_visit_are_kept_once_and_shown_when_marked)
{
    each_town(sample_visit);
}

static bool can(struct town *t)
{
    struct request rq = {.app = &t->app, .a = &t->a};
    bool runs = media_taken(&rq);
    if (!runs)
        printf("# lingji-media does not run here: films are not tested\n");
    return runs;
}

static void sample_film(struct town *t)
{
    int64_t id;
    struct str shift, boss = town_employer(t, "锦裳制衣厂", &id), inspector = town_staff(t, INSPECTOR, 440105);
    struct str visit = visited(t, boss, inspector, &shift);
    const char *film = path(t, "/api/v1/visits/*/film", visit), *poster = path(t, "/api/v1/visits/*/poster", visit);
    if (!can(t))
        return;
    struct str good = film_of(t, 320, 240, 3);
    CHECK_EQ(town_send(t, PUT, film, S("no film"), inspector).status, 422);
    CHECK_EQ(town_send(t, PUT, film, S("no film"), town_staff(t, INSPECTOR, 440105)).status, 404); /* whose it is, is asked first */
    CHECK_EQ(town_send(t, PUT, film, frame_of(t, 64, 48, 9), inspector).status, 422); /* a picture that calls itself one */
    CHECK_EQ(town_send(t, PUT, film, voice_of(t, 2), inspector).status, 422);
    CHECK_EQ(town_send(t, PUT, film, str_sub(good, 0, 300), inspector).status, 422); /* torn off before the first picture */
    struct buf broken = room(t, good.n + 1);
    for (size_t i = 0; i < good.n; i++)
        buf_c(&broken, (char)(i > 200 && i % 97 == 0 ? good.p[i] ^ 0x5a : good.p[i]));
    CHECK_EQ(town_send(t, PUT, film, buf_str(&broken), inspector).status / 100, 4);
    CHECK_EQ(town_call(t, GET, film, "", inspector).status, 404);
    CHECK_EQ(town_send(t, PUT, film, film_of(t, 320, 240, 40), inspector).status, 204); /* too long: cut, not lost */
    struct answer a = town_call(t, GET, film, "", S(""));
    CHECK(a.status == 200 && str_find(a.body, S("ftyp")) == 4 && str_find(a.body, S("avc1")) > 0);
    CHECK(str_find(a.body, S("SECRET")) < 0);
    CHECK(str_find(a.body, S("moov")) < str_find(a.body, S("mdat"))); /* plays before all of it is there */
    int64_t ms = length_ms(a.body);
    CHECK(ms > 29000 && ms <= 30500);
    struct str still = town_call(t, GET, poster, "", S("")).body;
    CHECK(str_starts(still, S("\xff\xd8\xff")) && str_ends(still, S("\xff\xd9")));
    CHECK_EQ(town_send(t, PUT, film, good, inspector).status, 204); /* again: the first one stays */
    CHECK(length_ms(town_call(t, GET, film, "", inspector).body) > 29000);
    CHECK(str_find(town_call(t, GET, path(t, "/jobs/*", shift), "", S("")).body, str_c(film)) > 0);
    CHECK_EQ(town_call(t, DELETE, film, "", inspector).status, 204);
    CHECK_EQ(town_call(t, GET, poster, "", inspector).status, 404);
}

TEST(a_film_is_made_anew_at_most_thirty_seconds_and_a_broken_one_is_refused)
{
    each_town(sample_film);
}

/* As a phone that was held upright: a quarter turn clockwise in the head of the track. */
static struct str turned(struct town *t, struct str mp4)
{
    static const unsigned char matrix[] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0};
    struct str out = str_dup(&t->a, mp4);
    ptrdiff_t at = str_find(out, S("tkhd"));
    CHECK(at > 0);
    if (at > 0)
        memcpy((char *)(uintptr_t)out.p + at + 44, matrix, sizeof matrix);
    return out;
}

static void sample_turned(struct town *t)
{
    int64_t id;
    int w = 0, h = 0, sub, space;
    struct str shift, boss = town_employer(t, "锦裳制衣厂", &id), inspector = town_staff(t, INSPECTOR, 440105);
    const char *film = path(t, "/api/v1/visits/*/film", visited(t, boss, inspector, &shift));
    struct str visit = visited(t, boss, inspector, &shift);
    if (!can(t))
        return;
    CHECK_EQ(town_send(t, PUT, film, film_of(t, 320, 240, 2), inspector).status, 204);
    struct str flat = town_call(t, GET, film, "", inspector).body;
    CHECK_EQ(town_send(t, PUT, path(t, "/api/v1/visits/*/film", visit), turned(t, flat), inspector).status, 204);
    struct str still = town_call(t, GET, path(t, "/api/v1/visits/*/poster", visit), "", inspector).body;
    unsigned char *p = arena_alloc(&t->a, (size_t)320 * 320 * 3);
    tjhandle tj = tjInitDecompress();
    CHECK(tjDecompressHeader3(tj, (const unsigned char *)still.p, still.n, &w, &h, &sub, &space) == 0);
    CHECK(w == 240 && h == 320);
    CHECK(tjDecompress2(tj, (const unsigned char *)still.p, still.n, p, 240, 0, 320, TJPF_RGB, 0) == 0);
    tjDestroy(tj);
    CHECK(p[(160 * 240 + 230) * 3] > 180 && p[(160 * 240 + 10) * 3] < 120); /* what was above is on the right */
}

TEST(a_film_held_upright_is_turned)
{
    each_town(sample_turned);
}

static void sample_off(struct town *t)
{
    int64_t id;
    struct config off = *t->app.config;
    struct str shift, boss = town_employer(t, "锦裳制衣厂", &id), inspector = town_staff(t, INSPECTOR, 440105);
    struct str visit = visited(t, boss, inspector, &shift);
    off.films = false;
    t->app.config = &off;
    struct answer a = town_send(t, PUT, path(t, "/api/v1/visits/*/film", visit), film_of(t, 32, 32, 1), inspector);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(town_call(t, GET, "/api/v1/me", "", inspector).body, S("\"films\":false")) > 0);
    t->app.config = &t->config;
}

TEST(where_films_are_switched_off_the_form_can_say_so)
{
    each_town(sample_off);
}

static enum err no_voice(struct request *rq)
{
    struct str sealed;
    CHECK_EQ(piece_get(rq, (struct piece){"voice", *(int64_t *)rq->object, 1}, &sealed), ERR_NONE);
    return OK;
}

static enum err voice_is_sealed(struct request *rq)
{
    struct str sealed;
    CHECK_EQ(piece_get(rq, (struct piece){"voice", *(int64_t *)rq->object, 1}, &sealed), OK);
    CHECK(sealed.n > 1000 && str_find(sealed, S("mp4a")) < 0);
    return OK;
}

static void sample_voice(struct town *t)
{
    struct str grid = town_staff(t, GRID, 440105), other = town_staff(t, GRID, 440105), desk = town_staff(t, CONSULTANT, 440105);
    struct str id = json_value(t, town_call(t, POST, "/api/v1/people", "{\"name\":\"何阿姨\",\"trade\":\"sewing\"}", grid).body, "id");
    const char *voice = path(t, "/api/v1/people/*/voice", id), *open = path(t, "/api/v1/people/*/voice/open", id);
    if (!can(t))
        return;
    int64_t person = 0;
    CHECK(str_i64(id, &person));
    CHECK_EQ(town_send(t, PUT, voice, voice_of(t, 2), other).status, 404);
    CHECK_EQ(town_send(t, PUT, voice, S("no sound"), grid).status, 422);
    CHECK_EQ(town_send(t, PUT, voice, voice_of(t, 3), grid).status, 204);
    CHECK_EQ(app_read(&t->app, voice_is_sealed, &person), OK);
    CHECK(str_find(town_call(t, GET, path(t, "/api/v1/people/*", id), "", desk).body, S("\"voice\":true")) > 0);
    CHECK_EQ(town_call(t, POST, open, "{\"reason\":\"帮她找活\"}", grid).status, 403); /* who recorded it does not hear it again */
    CHECK_EQ(town_call(t, POST, open, "{\"reason\":\"\"}", desk).status, 422);
    struct answer a = town_call(t, POST, open, "{\"reason\":\"帮她找活\"}", desk);
    CHECK(a.status == 200 && str_find(a.body, S("mp4a")) > 0);
    int64_t ms = length_ms(a.body);
    CHECK(ms > 2900 && ms < 3300);
    CHECK_EQ(town_call(t, DELETE, path(t, "/api/v1/people/*", id), "", grid).status, 204); /* taken back: the voice goes too */
    CHECK_EQ(town_call(t, POST, open, "{\"reason\":\"帮她找活\"}", desk).status, 404);
    CHECK_EQ(app_read(&t->app, no_voice, &person), OK);
}

TEST(a_voice_is_sealed_heard_with_a_reason_and_goes_with_the_wish)
{
    each_town(sample_voice);
}

TEST(a_part_of_a_film_can_be_asked_for)
{
    static const struct {
        const char *range, *body, *say;
        int status;
    } table[] = {{"", "0123456789", "bytes", 200},           {"bytes=0-3", "0123", "bytes 0-3/10", 206}, {"bytes=3-5", "345", "bytes 3-5/10", 206}, {"bytes=7-", "789", "bytes 7-9/10", 206},
                 {"bytes=-2", "89", "bytes 8-9/10", 206}, {"bytes=5-99", "56789", "bytes 5-9/10", 206}, {"bytes=-99", "0123456789", "bytes 0-9/10", 206},
                 {"bytes=10-", "", "bytes */10", 416},  {"bytes=0-1,4-5", "0123456789", "bytes", 200},     {"bytes=x", "0123456789", "bytes", 200},
                 {"bytes=4-2", "", "bytes */10", 416},  {"lines=1-2", "0123456789", "bytes", 200},         {"bytes=-", "0123456789", "bytes", 200}};
    struct arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct request rq = {.a = &a, .range = str_c(table[i].range)};
        CHECK_EQ(reply_ranges(&rq, "video/mp4", S("0123456789")), OK);
        CHECK_EQ(rq.reply.status, table[i].status);
        CHECK_STR(rq.reply.body, str_c(table[i].body));
        CHECK_STR(rq.reply.range, str_c(table[i].say));
    }
    arena_done(&a);
}
