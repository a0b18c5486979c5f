/* notice.h - the outbox: what leaves the house (codes by SMS, messages), a row in the same
 * transaction, sent afterwards by a timer. The text is sealed; drivers: file, http, log. */
#pragma once
#include "http/app.h"
#include "http/request.h"

extern const struct feature notice_feature;
/* Before all other letters; not at all after until_ms. In the language of who asks for it. */
MUST_USE enum err notice_code(struct request *rq, struct str phone, struct str code, int64_t until_ms);
/* `key` is a text key with {{arg}}; in the language of account_lang. */
MUST_USE enum err notice_send(struct request *rq, struct str phone, const char *key, struct str arg);
/* The same in one that is known better, or in which the arg is. */
MUST_USE enum err notice_send_in(struct request *rq, enum lang lang, struct str phone, const char *key, struct str arg);
/* Letters to this number go no more, nor are they kept. O(letters that wait or could not be sent) */
MUST_USE enum err notice_forget(struct request *rq, struct str phone);
