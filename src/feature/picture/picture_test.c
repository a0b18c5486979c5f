/* picture_test.c - what is sent as a picture comes back as another JPEG or not at all. */
#include <png.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "test.h"

static struct str png_of(struct town *t, int w, int h)
{
    png_image png = {.version = PNG_IMAGE_VERSION, .width = (unsigned)w, .height = (unsigned)h, .format = PNG_FORMAT_RGB};
    png_alloc_size_t n = 1 << 20;
    char *out = arena_alloc(&t->a, n), *pixels = arena_alloc(&t->a, (size_t)w * (size_t)h * 3);
    CHECK(png_image_write_to_memory(&png, out, &n, 0, pixels, 0, NULL));
    return (struct str){out, n};
}

/* A JPEG, wide and dark, that a phone held upright: orientation 6, and a maker's note. */
static struct str jpeg_of(struct town *t, int w, int h)
{
    static const char exif[] = "\xff\xe1\0\x2e" "Exif\0\0" "MM\0\x2a\0\0\0\x08" "\0\x02" "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
                               "\x01\x0e\0\x02\0\0\0\x04" "HOME" "\0\0\0\0";
    unsigned char *p = NULL, *pixels = arena_alloc(&t->a, (size_t)w * (size_t)h * 3);
    unsigned long n = 0;
    tjhandle tj = tjInitCompress();
    CHECK(tjCompress2(tj, pixels, w, 0, h, TJPF_RGB, &p, &n, TJSAMP_420, 80, 0) == 0);
    struct str rest = {(char *)p + 2, n - 2};
    char *out = arena_alloc(&t->a, n + sizeof exif);
    memcpy(out, p, 2);
    memcpy(out + 2, exif, sizeof exif - 1);
    memcpy(out + 2 + sizeof exif - 1, rest.p, rest.n);
    tjFree(p);
    tjDestroy(tj);
    return (struct str){out, n + sizeof exif - 1};
}

static void size_of(struct str jpeg, int *w, int *h)
{
    int sub, space;
    tjhandle tj = tjInitDecompress();
    CHECK(tjDecompressHeader3(tj, (const unsigned char *)jpeg.p, jpeg.n, w, h, &sub, &space) == 0);
    tjDestroy(tj);
}

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"海珠区凤阳街\","
                           "\"pay_unit\":\"day\",\"pay_fen\":32000,\"valid_to\":\"2026-11-30\",\"cap\":2,\"break_min\":60,"
                           "\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T18:00:00+08:00\"}";

static struct answer get_first(struct town *t, const char *list, struct str token)
{
    struct str id = json_value(t, town_call(t, GET, list, "", token).body, "id");
    return town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "%s/%.*s", list, SV(id))), "", token);
}

static size_t count_shown(struct town *t, const char *list, struct str token)
{
    struct str body = town_call(t, GET, list, "", token).body;
    size_t n = 0;
    for (int64_t at; (at = str_find(body, S("\"job_id\""))) >= 0; n++)
        body = str_sub(body, (size_t)at + 8, body.n);
    return n;
}

/* What comes behind the verification waits until somebody has seen it, and is gone again. */
static void later_picture(struct town *t, const char *to, struct str boss, struct str desk)
{
    struct answer a = town_send(t, POST, to, png_of(t, 8, 8), boss);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "waits"), S("true"));
    const char *one = str_z(&t->a, str_fmt(&t->a, "%s/%.*s", to, SV(json_value(t, a.body, "id"))));
    const char *show = str_z(&t->a, str_fmt(&t->a, "%s/show", one)), *list = "/api/v1/job-pictures-waiting";
    struct str far = town_staff(t, CONSULTANT, 440118);
    CHECK_EQ(count_shown(t, to, S("")), 1);
    CHECK_EQ(count_shown(t, to, boss), 2);
    CHECK_EQ(town_call(t, GET, one, "", S("")).status, 404);
    CHECK_EQ(town_call(t, GET, one, "", desk).status, 200);
    CHECK_EQ(count_shown(t, list, far), 0);
    CHECK_EQ(count_shown(t, list, desk), 1);
    CHECK_EQ(town_call(t, POST, show, "", boss).status, 403);
    CHECK_EQ(town_call(t, POST, show, "", far).status, 404);
    CHECK_EQ(town_call(t, POST, show, "", desk).status, 204);
    CHECK_EQ(town_call(t, POST, show, "", desk).status, 404); /* once */
    CHECK_EQ(count_shown(t, list, desk), 0);
    CHECK_EQ(count_shown(t, to, S("")), 2);
    CHECK_EQ(town_call(t, DELETE, one, "", boss).status, 204);
    CHECK_STR(json_value(t, town_send(t, POST, to, png_of(t, 8, 8), desk).body, "waits"), S("false")); /* the desk has seen its own */
    a = town_call(t, GET, to, "", desk);
    struct str last = json_value(t, str_sub(a.body, (size_t)str_find(a.body, S("},{")), a.body.n), "id");
    CHECK_EQ(town_call(t, DELETE, str_z(&t->a, str_fmt(&t->a, "%s/%.*s", to, SV(last))), "", desk).status, 204);
}

static void sample_pictures(struct town *t)
{
    int64_t id;
    int w, h;
    struct str boss = town_employer(t, "锦裳制衣厂", &id), other = town_employer(t, "别家厂", &id);
    struct str desk = town_staff(t, CONSULTANT, 440105);
    struct str job = json_value(t, town_call(t, POST, "/api/v1/jobs", post, boss).body, "id");
    const char *to = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/pictures", SV(job)));
    CHECK_EQ(town_send(t, POST, to, S("not a picture"), boss).status, 422);
    CHECK_EQ(town_send(t, POST, to, S("\xff\xd8\xff nor this"), boss).status, 422);
    CHECK_EQ(town_send(t, POST, to, S(""), boss).status, 422);
    CHECK(town_send(t, POST, to, png_of(t, 8, 8), other).status >= 400);
    CHECK_EQ(town_send(t, POST, to, png_of(t, 8, 8), S("")).status, 401);
    CHECK_EQ(town_send(t, POST, to, jpeg_of(t, 2600, 1000), boss).status, 201);
    struct answer a = get_first(t, to, boss);
    size_of(a.body, &w, &h);
    CHECK(str_find(a.body, S("Exif")) < 0 && str_find(a.body, S("HOME")) < 0);
    CHECK(h > w && h <= 1300 && h >= 600); /* upright now, and small */
    CHECK_EQ(town_call(t, GET, to, "", S("")).status, 404); /* I2 */
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(job))), "{\"level\":\"phoned\"}", desk).status, 204);
    CHECK_EQ(get_first(t, to, S("")).status, 200);
    later_picture(t, to, boss, desk);
    struct str tail = str_cat(&t->a, png_of(t, 40, 30), S("<script>alert(1)</script>"));
    CHECK_EQ(town_send(t, POST, to, tail, boss).status, 201);
    for (int i = 0; i < 4; i++)
        CHECK_EQ(town_send(t, POST, to, png_of(t, 8, 8), boss).status, 201);
    CHECK_EQ(town_send(t, POST, to, png_of(t, 8, 8), boss).status, 409);
    struct str first = json_value(t, town_call(t, GET, to, "", boss).body, "id");
    const char *one = str_z(&t->a, str_fmt(&t->a, "%s/%.*s", to, SV(first)));
    CHECK(town_call(t, DELETE, one, "", other).status >= 400);
    CHECK_EQ(town_call(t, DELETE, one, "", boss).status, 204);
    CHECK_EQ(town_call(t, GET, one, "", boss).status, 404);
    a = get_first(t, to, boss); /* now the one with the tail */
    CHECK(a.status == 200 && str_find(a.body, S("script")) < 0);
}

TEST(a_picture_is_made_anew_and_shown_once_its_post_is)
{
    each_town(sample_pictures);
}
