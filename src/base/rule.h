/* rule.h - a domain rule that can say no. The code is stable: API clients test it, statistics
 * count it, and the text that explains the refusal to a person has the key "rule.<code>". */
#pragma once

struct rule {
    const char *code;   /* "shift.full" */
    const char *source; /* law and article, by-law, or decision with its date */
};
