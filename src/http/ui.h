/* ui.h - what every page needs besides itself: files, type size, language. */
#pragma once
#include "http/app.h"

extern const struct feature ui_feature;
