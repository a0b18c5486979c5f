/* test.h - the whole test framework: TEST(name_is_a_sentence) { CHECK(...); }. Tests register
 * themselves (the only constructors in the tree) and run in one binary that prints TAP. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct test {
    const char *name, *file;
    void (*run)(void);
    struct test *next;
};
void test_add(struct test *t);
void test_fail(const char *file, int line, const char *what);
void test_fail_i64(const char *file, int line, const char *what, int64_t got, int64_t want);
void test_fail_str(const char *file, int line, const char *what, struct str got, struct str want);
void test_skip(const char *why); /* the running test counts as skipped; return after it */
/* Folder of the public data sets, or NULL with the test skipped. */
const char *test_data(void);

#define TEST(fn)                                                                                   \
    static void fn(void);                                                                          \
    __attribute__((constructor)) static void fn##_add(void)                                        \
    {                                                                                              \
        static struct test t = {#fn, __FILE__, fn, 0};                                             \
        test_add(&t);                                                                              \
    }                                                                                              \
    static void fn(void)

#define CHECK(cond)                                                                                \
    do {                                                                                           \
        if (!(cond))                                                                               \
            test_fail(__FILE__, __LINE__, #cond);                                                  \
    } while (0)
#define CHECK_EQ(got, want)                                                                        \
    do {                                                                                           \
        int64_t got_ = (int64_t)(got), want_ = (int64_t)(want);                                    \
        if (got_ != want_)                                                                         \
            test_fail_i64(__FILE__, __LINE__, #got " == " #want, got_, want_);                     \
    } while (0)
#define CHECK_STR(got, want)                                                                       \
    do {                                                                                           \
        struct str got_ = (got), want_ = (want);                                                   \
        if (!str_eq(got_, want_))                                                                  \
            test_fail_str(__FILE__, __LINE__, #got, got_, want_);                                  \
    } while (0)
