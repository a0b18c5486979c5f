/* picture_worker.c - the process in which a picture is decoded. */
#include <libexif/exif-data.h>
#include <png.h>
#include <string.h>
#include <turbojpeg.h>
#include <unistd.h>

#include "feature/picture/picture.h"
#include "media/shut.h"

enum { PIXELS_MAX = 50000000, QUALITY = 80, CPU_S = 10 };

struct pixels {
    int w, h; /* RGB, 3 * w bytes a row */
    unsigned char *p;
};

static bool read_jpeg(const unsigned char *in, size_t n, struct pixels *ret)
{
    int w, h, sub, space, n_scales;
    tjhandle tj = tjInitDecompress();
    if (tjDecompressHeader3(tj, in, n, &w, &h, &sub, &space) || (int64_t)w * h > PIXELS_MAX)
        return false;
    tjscalingfactor *scales = tjGetScalingFactors(&n_scales), best = {1, 1};
    for (int i = 0; i < n_scales; i++) /* the smallest that is still large enough */
        if (TJSCALED(w > h ? w : h, scales[i]) >= PICTURE_SIDE && scales[i].num * best.denom < best.num * scales[i].denom)
            best = scales[i];
    ret->w = TJSCALED(w, best);
    ret->h = TJSCALED(h, best);
    ret->p = xcalloc((size_t)ret->w * (size_t)ret->h, 3);
    return tjDecompress2(tj, in, n, ret->p, ret->w, 0, ret->h, TJPF_RGB, 0) == 0 || tjGetErrorCode(tj) == TJERR_WARNING;
}

static bool read_png(const unsigned char *in, size_t n, struct pixels *ret)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&png, in, n) || (uint64_t)png.width * png.height > PIXELS_MAX)
        return false;
    const png_color white = {255, 255, 255};
    png.format = PNG_FORMAT_RGB;
    ret->w = (int)png.width;
    ret->h = (int)png.height;
    ret->p = xcalloc((size_t)ret->w * (size_t)ret->h, 3);
    return png_image_finish_read(&png, &white, ret->p, 0, NULL);
}

/* Every k x k pixels become one. */
static void shrink(struct pixels *x)
{
    int side = x->w > x->h ? x->w : x->h, k = (side + PICTURE_SIDE - 1) / PICTURE_SIDE;
    int w = x->w / k, h = x->h / k;
    if (k < 2 || !w || !h)
        return;
    for (int r = 0; r < h; r++)
        for (int c = 0; c < w * 3; c++) {
            int sum = 0;
            for (int i = 0; i < k * k; i++)
                sum += x->p[((r * k + i / k) * x->w + c / 3 * k + i % k) * 3 + c % 3];
            x->p[(r * w + c / 3) * 3 + c % 3] = (unsigned char)(sum / (k * k));
        }
    x->w = w;
    x->h = h;
}

/* Upright, as the camera noted in orientation 1..8. */
static void turn(struct pixels *x, int orientation)
{
    static const struct {
        bool swap, right, bottom; /* rows are columns; begins at the right; begins at the bottom */
    } ways[] = {[2] = {0, 1, 0}, [3] = {0, 1, 1}, [4] = {0, 0, 1}, [5] = {1, 0, 0}, [6] = {1, 0, 1}, [7] = {1, 1, 1}, [8] = {1, 1, 0}};
    if (orientation < 2 || orientation > 8)
        return;
    struct pixels y = {x->w, x->h, xcalloc((size_t)x->w * (size_t)x->h, 3)};
    if (ways[orientation].swap)
        y = (struct pixels){x->h, x->w, y.p};
    for (int r = 0; r < y.h; r++)
        for (int c = 0; c < y.w; c++) {
            int from_c = ways[orientation].swap ? r : c, from_r = ways[orientation].swap ? c : r;
            from_c = ways[orientation].right ? x->w - 1 - from_c : from_c;
            from_r = ways[orientation].bottom ? x->h - 1 - from_r : from_r;
            memcpy(y.p + (r * y.w + c) * 3, x->p + (from_r * x->w + from_c) * 3, 3);
        }
    *x = y;
}

static int orientation_of(const unsigned char *in, size_t n)
{
    ExifData *d = exif_data_new_from_data(in, (unsigned)n);
    ExifEntry *e = d ? exif_content_get_entry(d->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION) : NULL;
    return e && e->size >= 2 ? exif_get_short(e->data, exif_data_get_byte_order(d)) : 1;
}

static bool write_all(const unsigned char *p, size_t n)
{
    while (n) {
        ssize_t k = write(STDOUT_FILENO, p, n);
        if (k <= 0)
            return false;
        p += k;
        n -= (size_t)k;
    }
    return true;
}

/* Nothing is freed: the process ends. */
int picture_worker(void)
{
    static unsigned char in[PICTURE_BODY + 1];
    size_t n = 0;
    unsigned char *out = NULL;
    unsigned long out_n = 0;
    struct pixels x;
    if (!shut_in(CPU_S, 0))
        _exit(2);
    for (ssize_t k = 1; k > 0 && n < sizeof in; n += k > 0 ? (size_t)k : 0)
        k = read(STDIN_FILENO, in + n, sizeof in - n);
    bool jpeg = n > 3 && memcmp(in, "\xff\xd8\xff", 3) == 0;
    if (n > PICTURE_BODY || !(jpeg ? read_jpeg(in, n, &x) : read_png(in, n, &x)))
        _exit(1);
    shrink(&x);
    turn(&x, jpeg ? orientation_of(in, n) : 1);
    bool good = tjCompress2(tjInitCompress(), x.p, x.w, 0, x.h, TJPF_RGB, &out, &out_n, TJSAMP_420, QUALITY, 0) == 0;
    _exit(good && write_all(out, out_n) ? 0 : 1);
}
