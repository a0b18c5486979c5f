/* main.c of lingji-media - a program of its own, so that the server never loads what decodes films.
 * `lingji-media film|voice` reads any film or sound from standard input and writes the sizes of two files
 * (four bytes each, big-endian) and the files: a poster (JPEG, of a film only) and an MP4 of H.264 and AAC,
 * at most FILM_SECONDS or VOICE_SECONDS long, upright, without any of the metadata that came in.
 * `lingji-media probe` writes one byte when it could. Exit: 0 done, 1 nothing it can read, 2 it cannot
 * be shut in. Nothing is freed: it ends. */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <unistd.h>

#include "media/limits.h"
#include "media/shut.h"

enum {
    OUT_MAX = MEDIA_OUT, SIDE = 640, PIXELS_MAX = 4096 * 2304, GAP_MS = 30, HZ = 24000, VIDEO_BITS = 500000,
    AUDIO_BITS = 40000, CPU_S = 60, MOOV_FILM = 96 << 10, MOOV_VOICE = 40 << 10, QUALITY = 75, POSTER_MS = 1000, LATE_MS = 5000
};
static const size_t memory = (size_t)768 << 20;

/* A file in memory, as libavformat reads and writes it. */
struct file {
    unsigned char *p;
    int64_t n, at, cap;
};
static unsigned char in_bytes[MEDIA_BODY + 1], out_bytes[OUT_MAX];

static int file_read(void *x, uint8_t *to, int n)
{
    struct file *f = x;
    int k = f->n - f->at < n ? (int)(f->n - f->at) : n;
    if (k <= 0)
        return AVERROR_EOF;
    memcpy(to, f->p + f->at, (size_t)k);
    f->at += k;
    return k;
}

static int file_write(void *x, uint8_t *from, int n)
{
    struct file *f = x;
    if (n < 0 || f->at + n > f->cap)
        return AVERROR(ENOSPC);
    memcpy(f->p + f->at, from, (size_t)n);
    f->at += n;
    f->n = f->at > f->n ? f->at : f->n;
    return n;
}

static int64_t file_seek(void *x, int64_t to, int whence)
{
    struct file *f = x;
    if (whence == AVSEEK_SIZE)
        return f->n;
    int64_t at = whence == SEEK_SET ? to : whence == SEEK_CUR ? f->at + to : f->n + to;
    return at < 0 || at > f->cap ? -1 : (f->at = at);
}

static AVIOContext *open_file(struct file *f, int writing)
{
    enum { PIECE = 64 << 10 };
    return avio_alloc_context(av_malloc(PIECE), PIECE, writing, f, writing ? NULL : file_read, writing ? file_write : NULL,
                              file_seek);
}

/* One stream on its way: decoder, encoder, and what stands between. */
struct track {
    AVStream *from, *to;
    AVCodecContext *dec, *enc;
    struct SwsContext *scale;
    struct SwrContext *tune;
    AVAudioFifo *fifo;
    int turns;        /* quarter turns clockwise that make it upright */
    int64_t next;     /* audio: samples given out */
    int kind[3];      /* audio: format, rate and channels it began with */
    int64_t last_ms;  /* video: the frame before */
};
struct work {
    AVFormatContext *in, *out;
    struct track film, sound;
    AVFrame *poster;
    AVPacket *packet;
    int64_t zero_ms, most_ms; /* where it begins; what is later than most_ms is cut */
    bool begun;
};

static void *sure(void *p)
{
    if (!p)
        _exit(1);
    return p;
}

static int sure_of(int rc)
{
    if (rc < 0)
        _exit(1);
    return rc;
}

static void open_track(struct work *w, struct track *t, enum AVMediaType type)
{
    const AVCodec *c = NULL;
    int i = av_find_best_stream(w->in, type, -1, -1, &c, 0);
    if (i < 0 || !c)
        return;
    t->from = w->in->streams[i];
    t->dec = sure(avcodec_alloc_context3(c));
    sure_of(avcodec_parameters_to_context(t->dec, t->from->codecpar));
    t->dec->thread_count = 1;
    t->dec->max_pixels = PIXELS_MAX;
    t->dec->pkt_timebase = t->from->time_base;
    t->last_ms = -GAP_MS;
    const int32_t *matrix = (const int32_t *)(const void *)av_stream_get_side_data(t->from, AV_PKT_DATA_DISPLAYMATRIX, NULL);
    double degrees = matrix ? -av_display_rotation_get(matrix) : 0;
    t->turns = degrees == degrees ? (((int)(degrees / 90 + (degrees < 0 ? -0.5 : 0.5)) % 4) + 4) % 4 : 0;
    if (avcodec_open2(t->dec, c, NULL) < 0)
        t->dec = NULL;
}

static void open_input(struct work *w, struct file *f)
{
    w->in = sure(avformat_alloc_context());
    w->in->pb = sure(open_file(f, 0));
    w->in->format_whitelist = av_strdup("mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,wav,aac");
    w->in->codec_whitelist = av_strdup("h264,hevc,vp8,vp9,mpeg4,h263,mjpeg,libvpx,libvpx-vp9,aac,opus,libopus,vorbis,mp3,mp3float,"
                                       "amrnb,amrwb,pcm_s16le,pcm_s16be,pcm_f32le,pcm_u8");
    w->in->protocol_whitelist = av_strdup("none");
    w->in->max_streams = 8;
    sure_of(avformat_open_input(&w->in, NULL, NULL, NULL));
    sure_of(avformat_find_stream_info(w->in, NULL));
    w->zero_ms = w->in->start_time == AV_NOPTS_VALUE ? 0 : w->in->start_time / (AV_TIME_BASE / 1000);
}

/* ---- out ---- */

static void open_encoder(struct track *t, const AVCodec *c, AVCodecContext *e, AVDictionary **how)
{
    e->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    e->thread_count = 1;
    sure_of(avcodec_open2(e, c, how));
    sure_of(avcodec_parameters_from_context(t->to->codecpar, e));
    t->to->time_base = e->time_base;
    t->enc = e;
}

static void open_film(struct work *w, int width, int height)
{
    const AVCodec *c = sure((void *)(uintptr_t)avcodec_find_encoder_by_name("libx264"));
    AVCodecContext *e = sure(avcodec_alloc_context3(c));
    AVDictionary *how = NULL;
    e->width = width;
    e->height = height;
    e->pix_fmt = AV_PIX_FMT_YUV420P;
    e->time_base = (AVRational){1, 1000};
    e->framerate = (AVRational){25, 1};
    e->gop_size = 50;
    e->rc_max_rate = VIDEO_BITS;
    e->rc_buffer_size = 2 * VIDEO_BITS;
    av_dict_set(&how, "preset", "veryfast", 0);
    av_dict_set(&how, "profile", "baseline", 0);
    av_dict_set(&how, "crf", "27", 0);
    open_encoder(&w->film, c, e, &how);
}

static void open_sound(struct work *w)
{
    const AVCodec *c = sure((void *)(uintptr_t)avcodec_find_encoder(AV_CODEC_ID_AAC));
    AVCodecContext *e = sure(avcodec_alloc_context3(c));
    struct track *t = &w->sound;
    e->sample_fmt = AV_SAMPLE_FMT_FLTP;
    e->sample_rate = HZ;
    e->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_MONO;
    e->bit_rate = AUDIO_BITS;
    e->time_base = (AVRational){1, HZ};
    open_encoder(t, c, e, NULL);
    t->fifo = sure(av_audio_fifo_alloc(AV_SAMPLE_FMT_FLTP, 1, HZ));
}

static void open_output(struct work *w, struct file *f)
{
    sure_of(avformat_alloc_output_context2(&w->out, NULL, "mp4", NULL));
    w->out->pb = sure(open_file(f, 1));
    w->out->flags |= AVFMT_FLAG_BITEXACT;
    w->film.to = w->film.dec ? sure(avformat_new_stream(w->out, NULL)) : NULL;
    w->sound.to = w->sound.dec ? sure(avformat_new_stream(w->out, NULL)) : NULL;
    if (w->sound.to)
        open_sound(w);
}

/* The file begins once the first picture says how large they are. */
static void begin(struct work *w)
{
    AVDictionary *how = NULL;
    if (w->begun || (w->film.to && !w->film.enc))
        return;
    av_dict_set_int(&how, "moov_size", w->film.to ? MOOV_FILM : MOOV_VOICE, 0);
    sure_of(avformat_write_header(w->out, &how));
    w->begun = true;
}

static void write_out(struct work *w, struct track *t, AVFrame *frame)
{
    if (!w->begun)
        begin(w);
    if (!w->begun || avcodec_send_frame(t->enc, frame) < 0)
        return;
    while (avcodec_receive_packet(t->enc, w->packet) == 0) {
        w->packet->stream_index = t->to->index;
        av_packet_rescale_ts(w->packet, t->enc->time_base, t->to->time_base);
        sure_of(av_interleaved_write_frame(w->out, w->packet));
    }
}

/* ---- pictures ---- */

static AVFrame *new_picture(int width, int height, enum AVPixelFormat kind)
{
    AVFrame *f = sure(av_frame_alloc());
    f->width = width;
    f->height = height;
    f->format = kind;
    sure_of(av_frame_get_buffer(f, 0));
    return f;
}

static void turn_plane(AVFrame *to, const AVFrame *from, int plane, int turns)
{
    int half = plane > 0, w = (from->width + half) >> half, h = (from->height + half) >> half;
    for (int r = 0; r < h; r++)
        for (int c = 0; c < w; c++) {
            int y = turns == 1 ? c : turns == 2 ? h - 1 - r : w - 1 - c;
            int x = turns == 1 ? h - 1 - r : turns == 2 ? w - 1 - c : r;
            to->data[plane][y * to->linesize[plane] + x] = from->data[plane][r * from->linesize[plane] + c];
        }
}

/* Small, in the pixels of the encoder, upright. */
static AVFrame *upright(struct track *t, const AVFrame *frame)
{
    int side = frame->width > frame->height ? frame->width : frame->height, most = side < SIDE ? side : SIDE;
    int w = (int)((int64_t)frame->width * most / side) & ~1, h = (int)((int64_t)frame->height * most / side) & ~1;
    w = w < 16 ? 16 : w;
    h = h < 16 ? 16 : h;
    t->scale = sure(sws_getCachedContext(t->scale, frame->width, frame->height, frame->format, w, h, AV_PIX_FMT_YUV420P,
                                         SWS_BILINEAR, NULL, NULL, NULL));
    AVFrame *small = new_picture(w, h, AV_PIX_FMT_YUV420P);
    sws_scale(t->scale, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height, small->data, small->linesize);
    if (!t->turns)
        return small;
    AVFrame *turned = new_picture(t->turns & 1 ? h : w, t->turns & 1 ? w : h, AV_PIX_FMT_YUV420P);
    for (int plane = 0; plane < 3; plane++)
        turn_plane(turned, small, plane, t->turns);
    av_frame_free(&small);
    return turned;
}

static void take_picture(struct work *w, const AVFrame *frame, int64_t ms)
{
    struct track *t = &w->film;
    if (ms < t->last_ms + GAP_MS || ms >= w->most_ms || (int64_t)frame->width * frame->height > PIXELS_MAX)
        return;
    AVFrame *f = upright(t, frame);
    if (!t->enc)
        open_film(w, f->width, f->height);
    if (f->width == t->enc->width && f->height == t->enc->height) { /* a film that changes its size goes on as it began */
        bool first = !w->poster || (t->last_ms < POSTER_MS && ms >= POSTER_MS);
        if (first)
            w->poster = av_frame_clone(f);
        f->pts = t->last_ms = ms;
        write_out(w, t, f);
    }
    av_frame_free(&f);
}

static unsigned long poster_jpeg(struct work *w, unsigned char **ret)
{
    AVFrame *f = sure(w->poster), *rgb = new_picture(f->width, f->height, AV_PIX_FMT_RGB24);
    unsigned long n = 0;
    struct SwsContext *s = sure(sws_getContext(f->width, f->height, f->format, f->width, f->height, AV_PIX_FMT_RGB24,
                                               SWS_BILINEAR, NULL, NULL, NULL));
    sws_scale(s, (const uint8_t *const *)f->data, f->linesize, 0, f->height, rgb->data, rgb->linesize);
    sure_of(tjCompress2(tjInitCompress(), rgb->data[0], rgb->width, rgb->linesize[0], rgb->height, TJPF_RGB, ret, &n,
                        TJSAMP_420, QUALITY, 0));
    return n;
}

/* ---- sound ---- */

static void give_sound(struct work *w, bool last)
{
    struct track *t = &w->sound;
    int n;
    while (t->next < w->most_ms * HZ / 1000 && (n = av_audio_fifo_size(t->fifo)) > 0 && (last || n >= t->enc->frame_size)) {
        AVFrame *f = sure(av_frame_alloc());
        f->nb_samples = n < t->enc->frame_size ? n : t->enc->frame_size;
        f->format = t->enc->sample_fmt;
        f->sample_rate = HZ;
        f->ch_layout = t->enc->ch_layout;
        sure_of(av_frame_get_buffer(f, 0));
        sure_of(av_audio_fifo_read(t->fifo, (void **)f->data, f->nb_samples));
        f->pts = t->next;
        t->next += f->nb_samples;
        write_out(w, t, f);
        av_frame_free(&f);
    }
}

static void take_sound(struct work *w, AVFrame *frame, int64_t ms)
{
    struct track *t = &w->sound;
    uint8_t *out = NULL;
    const int kind[3] = {frame->format, frame->sample_rate, frame->ch_layout.nb_channels};
    if (!t->tune) {
        memcpy(t->kind, kind, sizeof kind);
        AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
        sure_of(swr_alloc_set_opts2(&t->tune, &mono, AV_SAMPLE_FMT_FLTP, HZ, &frame->ch_layout, frame->format, frame->sample_rate, 0, NULL));
        sure_of(swr_init(t->tune));
        t->next = ms > 0 ? ms * HZ / 1000 : 0;
    }
    if (memcmp(t->kind, kind, sizeof kind) != 0) /* nobody records so */
        return;
    int most = swr_get_out_samples(t->tune, frame->nb_samples);
    if (most <= 0 || av_samples_alloc(&out, NULL, 1, most, AV_SAMPLE_FMT_FLTP, 0) < 0)
        return;
    int n = swr_convert(t->tune, &out, most, (const uint8_t **)(uintptr_t)frame->data, frame->nb_samples);
    if (n > 0 && av_audio_fifo_size(t->fifo) < w->most_ms * HZ / 1000)
        av_audio_fifo_write(t->fifo, (void **)&out, n);
    av_freep(&out);
    if (w->begun || !w->film.to)
        give_sound(w, false);
}

/* ---- through ---- */

static int64_t ms_of(const struct work *w, const struct track *t, int64_t at)
{
    return av_rescale_q(at, t->from->time_base, (AVRational){1, 1000}) - w->zero_ms;
}

static void decode(struct work *w, struct track *t, const AVPacket *packet, AVFrame *frame)
{
    if (avcodec_send_packet(t->dec, packet) < 0)
        return;
    while (avcodec_receive_frame(t->dec, frame) == 0) {
        int64_t at = frame->best_effort_timestamp;
        int64_t ms = at == AV_NOPTS_VALUE ? t->last_ms + 40 : ms_of(w, t, at);
        if (t == &w->film)
            take_picture(w, frame, ms);
        else
            take_sound(w, frame, ms);
    }
}

static void run(struct work *w)
{
    AVFrame *frame = sure(av_frame_alloc());
    AVPacket *packet = sure(av_packet_alloc());
    struct track *tracks[] = {&w->film, &w->sound};
    for (bool late = false; !late && av_read_frame(w->in, packet) >= 0; av_packet_unref(packet))
        for (int i = 0; i < 2; i++)
            if (tracks[i]->to && packet->stream_index == tracks[i]->from->index) {
                decode(w, tracks[i], packet, frame);
                late = packet->pts != AV_NOPTS_VALUE && ms_of(w, tracks[i], packet->pts) > w->most_ms + LATE_MS;
            }
    for (int i = 0; i < 2; i++)
        if (tracks[i]->to)
            decode(w, tracks[i], NULL, frame);
    if (w->film.to && !w->film.enc)
        _exit(1);
    if (w->sound.to)
        give_sound(w, true);
    for (int i = 0; i < 2; i++)
        if (tracks[i]->to)
            write_out(w, tracks[i], NULL);
    if (!w->begun || (!w->film.to && !w->sound.next))
        _exit(1);
    sure_of(av_write_trailer(w->out));
    avio_flush(w->out->pb);
}

static void say(const void *from, size_t n)
{
    const unsigned char *p = from;
    while (n) {
        ssize_t k = write(STDOUT_FILENO, p, n);
        if (k <= 0)
            _exit(1);
        p += k;
        n -= (size_t)k;
    }
}

static void say_length(size_t n)
{
    say((const unsigned char[]){(unsigned char)(n >> 24), (unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n}, 4);
}

int main(int argc, char **argv)
{
    struct work w = {0};
    struct file in = {.p = in_bytes, .cap = MEDIA_BODY}, out = {.p = out_bytes, .cap = OUT_MAX};
    unsigned char *jpeg = NULL;
    if (argc == 2 && strcmp(argv[1], "probe") == 0)
        return avcodec_find_encoder_by_name("libx264") && avcodec_find_encoder(AV_CODEC_ID_AAC) ? say("1", 1), 0 : 1;
    if (argc != 2 || !shut_in(CPU_S, memory))
        _exit(2);
    bool film = strcmp(argv[1], "film") == 0;
    w.most_ms = (film ? FILM_SECONDS : VOICE_SECONDS) * 1000;
    av_log_set_level(AV_LOG_QUIET);
    for (ssize_t k = 1; k > 0 && in.n <= MEDIA_BODY; in.n += k > 0 ? k : 0)
        k = read(STDIN_FILENO, in_bytes + in.n, sizeof in_bytes - (size_t)in.n);
    if (in.n > MEDIA_BODY)
        _exit(1);
    w.packet = sure(av_packet_alloc());
    open_input(&w, &in);
    if (film)
        open_track(&w, &w.film, AVMEDIA_TYPE_VIDEO);
    open_track(&w, &w.sound, AVMEDIA_TYPE_AUDIO);
    if (film ? !w.film.dec : !w.sound.dec)
        _exit(1);
    open_output(&w, &out);
    run(&w);
    unsigned long n = film ? poster_jpeg(&w, &jpeg) : 0;
    say_length(n);
    say_length((size_t)out.n);
    say(jpeg, n);
    say(out_bytes, (size_t)out.n);
    _exit(0);
}
