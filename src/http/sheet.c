/* sheet.c - see the header. The library writes to a path only, so it gets one of a file in memory. */
#include "http/sheet.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "http/reply.h"
#include "http/route.h"
#include "record/access.h"

enum { COLUMN_W = 18 };
struct sheet {
    struct request *rq;
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *head, *money;
    uint32_t row;
    uint16_t col;
    int fd;
};
static const char type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static void drop(void *p)
{
    struct sheet *s = p;
    if (s->book)
        workbook_close(s->book); /* frees it */
    if (s->fd >= 0)
        close(s->fd);
}

struct sheet *sheet_new(struct request *rq)
{
    struct sheet *s = NEW(rq->a, struct sheet);
    s->rq = rq;
    s->fd = memfd_create("sheet", MFD_CLOEXEC);
    lxw_workbook_options how = {.constant_memory = LXW_TRUE};
    s->book = workbook_new_opt(str_z(rq->a, str_fmt(rq->a, "/proc/self/fd/%d", s->fd)), &how);
    BUG_ON(s->fd < 0 || !s->book);
    s->head = workbook_add_format(s->book);
    s->money = workbook_add_format(s->book);
    format_set_bold(s->head);
    format_set_num_format(s->money, "0.00");
    arena_defer(rq->a, drop, s);
    return s;
}

void sheet_page(struct sheet *s, struct str name)
{
    s->page = workbook_add_worksheet(s->book, str_z(s->rq->a, name));
    BUG_ON(!s->page);
    worksheet_set_column(s->page, 0, 30, COLUMN_W, NULL);
    worksheet_freeze_panes(s->page, 1, 0);
    s->row = s->col = 0;
}

void sheet_text(struct sheet *s, struct str text)
{
    char *z = str_z(s->rq->a, text);
    for (char *c = z; *c; c++)
        if ((unsigned char)*c < ' ' && *c != '\n')
            *c = ' '; /* XML has no such characters */
    worksheet_write_string(s->page, s->row, s->col++, z, s->row ? NULL : s->head);
}

void sheet_number(struct sheet *s, int64_t x)
{
    worksheet_write_number(s->page, s->row, s->col++, (double)x, NULL);
}

void sheet_fen(struct sheet *s, int64_t fen)
{
    worksheet_write_number(s->page, s->row, s->col++, (double)fen / 100, s->money);
}

void sheet_next(struct sheet *s)
{
    s->row++;
    s->col = 0;
}

enum err reply_sheet(struct sheet *s)
{
    struct request *rq = s->rq;
    struct stat st;
    lxw_error bad = workbook_close(s->book);
    s->book = NULL;
    if (bad || fstat(s->fd, &st))
        return fail(rq, ERR_LARGE, NULL);
    size_t n = (size_t)st.st_size, at = 0;
    char *p = arena_alloc(rq->a, n);
    for (ssize_t k = 1; k > 0 && at < n; at += (size_t)k)
        k = pread(s->fd, p + at, n - at, (off_t)at);
    rq->reply.filename = S("lingji.xlsx");
    return reply_text(rq, 200, type, (struct str){p, at});
}

static void put_cell(struct sheet *s, const struct record *rec, const struct field *f, const void *in)
{
    if (f->kind == FIELD_FEN)
        sheet_fen(s, field_i64(f, in));
    else if (f->kind == FIELD_INT && !f->clock && !f->district)
        sheet_number(s, field_i64(f, in));
    else
        sheet_text(s, show_plain(s->rq, rec, f, in));
}

enum err reply_sheet_items(struct request *rq, const struct record *rec, const void *v, size_t n)
{
    const struct field *fields[32];
    size_t width = 0;
    struct sheet *s = sheet_new(rq);
    sheet_page(s, S("1"));
    for (const struct sheet_column *c = rq->route->sheet; c->field; c++) {
        const struct field *f = record_field(rec, str_c(c->field));
        BUG_ON(!f || width == 32);
        if (!(f->see & (rq->who->roles | PUBLIC)))
            continue;
        fields[width++] = f;
        sheet_text(s, text(rq, c->label));
    }
    for (size_t i = 0; i < n; i++) {
        sheet_next(s);
        for (size_t k = 0; k < width; k++)
            put_cell(s, rec, fields[k], (const char *)v + i * rec->size);
    }
    return reply_sheet(s);
}
