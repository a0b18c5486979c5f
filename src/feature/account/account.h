/* account.h - sign-in of people (phone + code) and of staff (password + TOTP), roles with a scope,
 * sessions. Other features make accounts and ask who is behind a phone number. */
#pragma once
#include "http/app.h"
#include "http/request.h"

extern const struct feature account_feature;
extern const struct session_source account_sessions;

/* "13812345678" from what people type (blanks, dashes, +86); empty when it is no mobile number. */
struct str account_phone(struct arena *a, struct str typed);
struct str account_phone_idx(struct request *rq, struct str phone);

/* The account of a phone number, made when there is none. */
MUST_USE enum err account_for_phone(struct request *rq, struct str phone, int64_t *ret_id);
/* The number that was proved by a code, or that a desk wrote down; empty for an account without. */
MUST_USE enum err account_number(struct request *rq, int64_t account_id, struct str *ret);
/* In which language whoever has this number was here last: that of letters to him. Chinese when nobody has it. */
MUST_USE enum err account_lang(struct request *rq, struct str phone, enum lang *ret);
/* Ties the person or employer behind the account and grants the role SEEKER, EMPLOYER or AGENCY.
 * ERR_CONFLICT: another person or employer is behind it; nobody is ever put in his place. */
MUST_USE enum err account_tie_person(struct request *rq, int64_t account_id, int64_t person_id);
/* From now on the person's number opens nothing of his; slips do. */
MUST_USE enum err account_untie_person(struct request *rq, int64_t person_id);
/* A registration is taken back: what was made for it since then, and nobody has used, goes with his number; else as above. */
MUST_USE enum err account_forget_person(struct request *rq, int64_t person_id, int64_t since_ms);
/* He leaves: what he signs in by is gone, with its sessions, codes and slips. An account that is also a firm's, or of somebody
 * who holds other roles, loses the person alone. Ends the caller's cookie where the account was his. */
MUST_USE enum err account_leave(struct request *rq, int64_t person_id);
MUST_USE enum err account_tie_employer(struct request *rq, int64_t account_id, int64_t employer_id,
                                       enum role role);
/* Nobody stands behind the employer any more, and whoever did posts no longer. */
MUST_USE enum err account_untie_employer(struct request *rq, int64_t employer_id);
MUST_USE enum err account_grant(struct request *rq, int64_t account_id, enum role role,
                                int64_t district, int64_t site_id);
/* A member of staff with a password (Argon2id, made by the caller outside the transaction) and a
 * TOTP secret of 20 bytes; both ready for first sign-in. */
MUST_USE enum err account_staff(struct request *rq, struct str login, struct str name,
                                struct str pass_hash, struct str totp, int64_t *ret_id);
/* Opens a session and sets its cookie. `days` until it ends. */
MUST_USE enum err account_open_session(struct request *rq, int64_t account_id, int days,
                                       struct str *ret_token);
MUST_USE enum err session_end_all(struct request *rq, int64_t account_id);
/* Of every account of a seeker: who came by a slip and got a number later has two. */
MUST_USE enum err session_end_of_person(struct request *rq, int64_t person_id);
/* The session itself, its cookie, the end of the one that the browser came with, and no replay of either. */
MUST_USE enum err account_enter(struct request *rq, int64_t account_id, int days, struct str *ret_token);
/* For the page of the code, first of all. True: a wrong one was typed, and this answers the form: send the browser to that
 * page, with wrong=1, or it could not go back to it. False: of a page read with wrong=1 it has set what it says. */
bool account_code_again(struct request *rq);
/* Six digits to a phone; then whose phone it is, once the digits came back. Both say what was wrong. */
MUST_USE enum err account_send_code(struct request *rq, struct str phone);
MUST_USE enum err account_use_code(struct request *rq, struct str phone, struct str code, int64_t *ret_account);
/* The seeker behind an account, 0 = none; and the account of a seeker, ERR_NONE when he has none. */
MUST_USE enum err account_person(struct request *rq, int64_t account_id, int64_t *ret_person);
MUST_USE enum err account_of_person(struct request *rq, int64_t person_id, int64_t *ret_account);
/* The account behind an employer, ERR_NONE when it has none: then staff speak for it. */
MUST_USE enum err account_of_employer(struct request *rq, int64_t employer_id, int64_t *ret_account);
/* Whether one account is both the person and the employer. */
MUST_USE enum err account_employs(struct request *rq, int64_t person_id, int64_t employer_id, bool *ret);
/* Refuses what staff decide about themselves, or about the firm that they stand behind; ids of 0 are nobody's. */
MUST_USE enum err account_not_own(struct request *rq, int64_t person_id, int64_t employer_id);
/* For somebody without a phone: he signs in by slips. */
MUST_USE enum err account_without_phone(struct request *rq, int64_t *ret_id);
/* A one-time link of 30 minutes that makes the first administrator; replaces an older one. */
MUST_USE enum err account_setup_link(struct request *rq, struct str *ret_path);
/* Whether somebody may give roles in the whole city. */
MUST_USE enum err account_administered(struct request *rq, bool *ret);
/* Who made these data: "demo", "serve" (also older ones, known by an account), "" when nobody has yet. */
MUST_USE enum err account_data_of(struct request *rq, struct str *ret);
MUST_USE enum err account_data_mark(struct request *rq, struct str by);
/* A one-time token of 30 minutes that signs in this account (printed slips). Only for
 * seekers: whoever prints a slip must not become more than he is. */
MUST_USE enum err account_slip_token(struct request *rq, int64_t account_id, struct str *ret_path);
/* What a member of staff is called; empty when he has no name here, ERR_NONE when nobody. */
MUST_USE enum err account_name(struct request *rq, int64_t account_id, struct str *ret);
MUST_USE enum err account_rename(struct request *rq, int64_t account_id, struct str name);
