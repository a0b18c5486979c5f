/* handbook_test.c - the example of docs/engine.md, recomputed: each line with a number stands there as it
 * comes out here. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "market/batch.h"
#include "market/explain.h"
#include "test.h"

enum { DAY = 20781, DAY_MIN = 1440, LINES_MAX = 110, LINE_MAX = 90 };
enum { WANG, CHEN, ZHOU, PEOPLE };
enum { SEWING, PACKING, SHIFTS };

struct example {
    struct market_params params;
    struct seeker person[PEOPLE];
    struct slot slot[SHIFTS];
    struct fit fit[PEOPLE][SHIFTS];
    struct batch_result placed;
    const char *page;
};

static struct example example(struct arena *a)
{
    static const char *const page = "docs/engine.md";
    struct example x = {.params = market_defaults};
    struct str text;
    CHECK(file_read(a, page, 1 << 16, &text));
    x.page = str_z(a, text);
    x.params.now_min = DAY * DAY_MIN + 480;
    x.params.usual_hour_fen = 2500;
    int32_t from = (DAY + 1) * DAY_MIN + 540, *row = NEW_N(a, PEOPLE + 1, int32_t), *slot = NEW_N(a, PEOPLE * SHIFTS, int32_t);
    int32_t *score = NEW_N(a, PEOPLE * SHIFTS, int32_t), *cap = NEW_N(a, SHIFTS, int32_t);
    struct point here = {113300000, 23100000};
    for (int j = 0; j < SHIFTS; j++)
        x.slot[j] = (struct slot){.id = j + 1, .employer_id = j + 1, .trade = j == SEWING ? 1 : 6, .place = here, .start_min = from,
                                  .end_min = from + 540, .break_min = 60, .valid_to_day = DAY + 9, .shift_fen = j == SEWING ? 24000 : 21600,
                                  .verified = true};
    x.slot[PACKING].place.lat += 8000;
    for (int j = 0; j < SHIFTS; j++) {
        x.slot[j].hour_fen = x.slot[j].shift_fen / 8;
        x.slot[j].left = x.slot[j].cap = (int16_t)(cap[j] = j + 1);
    }
    for (int i = 0; i < PEOPLE; i++)
        x.person[i] = (struct seeker){.id = i + 1, .trade = 1, .home = here, .outside = 35000, .seats = 1, .done = 9};
    x.person[CHEN].days_in[1] = 120;
    x.person[CHEN].ties[x.person[CHEN].n_ties++] = (struct tie){.employer_id = 1, .liked = 1, .rated = 1};
    x.person[ZHOU].days_in[1] = 60;
    x.person[ZHOU].home.lat -= 6000;
    for (int i = 0; i < PEOPLE; i++) {
        for (int j = 0; j < SHIFTS; j++) {
            x.fit[i][j] = fit_of(&x.params, &x.person[i], &x.slot[j]);
            slot[i * SHIFTS + j] = j;
            score[i * SHIFTS + j] = x.fit[i][j].total;
        }
        row[i + 1] = (i + 1) * SHIFTS;
    }
    x.placed = batch_solve(a, &(struct batch){PEOPLE, SHIFTS, row, slot, score, cap}, 0);
    return x;
}

/* 36,121 */
static const char *number(struct arena *a, int64_t n)
{
    char *z = NEW_N(a, 24, char);
    snprintf(z, 24, n < 1000 ? "%lld" : "%lld,%03lld", n < 1000 ? (long long)n : (long long)n / 1000, (long long)n % 1000);
    return z;
}

__attribute__((format(printf, 2, 3))) static void says(const struct example *x, const char *format, ...)
{
    char line[200];
    va_list v;
    va_start(v, format);
    vsnprintf(line, sizeof line, format, v);
    va_end(v);
    if (!strstr(x->page, line))
        printf("# not in docs/engine.md: %s\n", line);
    CHECK(strstr(x->page, line));
}

static double share(int32_t points)
{
    return (double)points / SCORE_ONE;
}

TEST(the_handbook_has_the_points_of_its_example)
{
    struct arena a;
    arena_init(&a, 0);
    struct example x = example(&a);
    const struct fit *f = &x.fit[WANG][SEWING];
    CHECK_EQ(f->hard, HARD_NONE);
    says(&x, "%d questions: law", HARD_COUNT - 1);
    says(&x, "way %d min, %.2f an hour", f->way_min, f->net_hour_fen / 100.0);
    for (int k = 0; k < PARTS; k++)
        says(&x, "%-10s %.2f x %.2f ", part_weights[k].name, share(f->part[k]), share(part_weights[k].weight));
    says(&x, "U = %.3f ", share(f->u));
    says(&x, "F = %.3f ", share(f->f));
    says(&x, "+ 0.4 x F           = %.3f\n", share(f->surplus));
    says(&x, "(F-.5)))  = %.3f\n", share(f->q));
    says(&x, "= %s of 100,000\n", number(&a, f->total));
    says(&x, "%d m north", (point_m(x.slot[SEWING].place, x.slot[PACKING].place) + 5) / 10 * 10);
    says(&x, "%d m south", (point_m(x.slot[SEWING].place, x.person[ZHOU].home) + 5) / 10 * 10);
    arena_done(&a);
}

TEST(the_handbook_has_the_price_and_the_proof_of_its_example)
{
    static const char *const names[PEOPLE] = {"Wang", "Chen", "Zhou"};
    struct arena a;
    arena_init(&a, 0);
    struct example x = example(&a);
    int64_t price = x.placed.price[SEWING] / x.placed.scale, left[PEOPLE];
    CHECK(x.placed.slot_of[WANG] == PACKING && x.placed.slot_of[CHEN] == SEWING && x.placed.slot_of[ZHOU] == PACKING);
    CHECK_EQ(x.placed.price[PACKING], 0);
    CHECK_EQ(x.placed.ub, x.placed.value);
    for (int i = 0; i < PEOPLE; i++) {
        int64_t sewing = x.fit[i][SEWING].total, packing = x.fit[i][PACKING].total;
        left[i] = x.placed.slot_of[i] == SEWING ? sewing - price : packing;
        says(&x, "%s           %s       %s              %s", names[i], number(&a, sewing), number(&a, packing), number(&a, sewing - packing));
    }
    says(&x, "price          %s            0 ", number(&a, price));
    says(&x, "1 x %s + 2 x 0                                  =  %s\n", number(&a, price), number(&a, price));
    says(&x, "Wang %s + Chen %s + Zhou %s             =  %s\n", number(&a, left[WANG]), number(&a, left[CHEN]), number(&a, left[ZHOU]),
         number(&a, left[WANG] + left[CHEN] + left[ZHOU]));
    says(&x, "bound                                                        =  %s\n", number(&a, x.placed.ub));
    says(&x, "Chen %s + Wang %s + Zhou %s             =  %s\n", number(&a, x.fit[CHEN][SEWING].total), number(&a, left[WANG]),
         number(&a, left[ZHOU]), number(&a, x.placed.value));
    arena_done(&a);
}

TEST(the_handbook_has_the_list_and_the_sentence_of_its_example)
{
    struct arena a;
    arena_init(&a, 0);
    struct example x = example(&a);
    struct usual both = {.n = SHIFTS};
    x.slot[SEWING].price = (int32_t)(x.placed.price[SEWING] / x.placed.scale);
    struct fit sewing = fit_of(&x.params, &x.person[WANG], &x.slot[SEWING]), packing = x.fit[WANG][PACKING];
    CHECK(packing.rank > sewing.rank && packing.total < sewing.total);
    says(&x, "1. packing   %s -      0 = %s\n", number(&a, packing.total), number(&a, packing.rank));
    says(&x, "2. sewing    %s - %s = %s\n", number(&a, sewing.total), number(&a, x.slot[SEWING].price), number(&a, sewing.rank));
    for (int k = 0; k < PARTS; k++)
        both.part[k] = sewing.part[k] + packing.part[k];
    struct reasons r = fit_reasons(&x.person[WANG], &sewing, &both);
    CHECK(r.good[0] == PART_TRADE && r.good[1] == PART_WAGE && r.bad < 0);
    says(&x, "sewing by %.1f of 100 points", r.points[PART_TRADE] / 1000.0);
    int32_t line = x.fit[CHEN][SEWING].total;
    says(&x, "Chen's %s", number(&a, line));
    says(&x, "录取线%d分，你%d分：没过线", (line + 999) / 1000, sewing.total / 1000); /* as match_line rounds them */
    says(&x, "\"with %d", x.slot[SEWING].price / 1000 + 1);
    arena_done(&a);
}

TEST(the_handbook_is_read_in_one_sitting)
{
    struct arena a;
    arena_init(&a, 0);
    const char *page = example(&a).page;
    int32_t lines = 0, wide = 0, at = 0;
    for (const char *c = page; *c; c++) {
        at = *c == '\n' ? 0 : at + ((*c & 0xc0) != 0x80);
        lines += *c == '\n';
        wide += at > LINE_MAX;
    }
    CHECK(lines <= LINES_MAX);
    CHECK_EQ(wide, 0);
    arena_done(&a);
}
