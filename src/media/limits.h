/* limits.h - what lingji-media takes and gives, for it and for the server. */
#pragma once

enum {
    MEDIA_BODY = 24 << 20, /* bytes of a film or a sound that comes in */
    MEDIA_OUT = 6 << 20,   /* bytes of what goes out, with its poster */
    FILM_SECONDS = 30,     /* what is longer is cut here */
    VOICE_SECONDS = 60
};
