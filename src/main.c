/* main.c - the table of contents: what the program can be asked to do. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "feature/picture/picture.h"

extern char **environ;

static const struct {
    const char *name;
    int (*run)(struct cmd *c);
    const char *args, *help;
} commands[] = {
    {"serve", cmd_serve, "[--setup-link]", "runs the market with the data folder of the configuration"},
    {"demo", cmd_demo, "", "the same with a made-up city around today"},
    {"import", cmd_import, "jobs FILE.csv", "takes in advertisements; prints what became of each"},
    {"export", cmd_export, "jobs|sites", "writes CSV to standard output"},
    {"check", cmd_check, "", "database, audit chain, places, wages, terms and posts: is all sound?"},
    {"backup", cmd_backup, "FOLDER", "a consistent copy while the market runs"},
    {"restore", cmd_restore, "COPY [--verify]", "a folder or a .db file into a new data folder, or only checks it"},
    {"routes", cmd_routes, "", "every address, who may call it, what comes in and out"},
    {"openapi", cmd_openapi, "", "the OpenAPI 3.1 document"},
    {"rules", cmd_rules, "check|list", "runs the examples in the rule files"},
    {"match", cmd_match, "simulate|explain", "an invented city; why PERSON SHIFT score as they do"},
    {"config", cmd_config, "dump", "the values in force"},
    {"version", cmd_version, "", "of the program, and of the data that it reads"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int usage(void)
{
    puts("usage: lingji [--conf FILE] COMMAND ...\n");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-8s %-18s %s\n", commands[i].name, commands[i].args, commands[i].help);
    return 2;
}

static bool asks_help(int argc, char **argv, int from)
{
    bool asked = from < argc && strcmp(argv[from], "help") == 0;
    for (int i = from; i < argc; i++)
        asked |= strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0;
    return asked;
}

/* What asks for it needs no good configuration. */
static bool asks_version(const char *command)
{
    return strcmp(command, "version") == 0 || strcmp(command, "--version") == 0;
}

/* Before anything is read or made: no command takes these words for a folder. */
static int help(const char *command)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(command, commands[i].name) == 0) {
            printf("usage: lingji [--conf FILE] %s %s\n\n  %s; see lingji(1)\n", commands[i].name, commands[i].args, commands[i].help);
            return 0;
        }
    usage();
    return 0;
}

static int refused(const char *command, const char *arg)
{
    cmd_fail("%s takes no arguments, and was given %s", command, arg);
    return 2;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct str why = S("");
    const char *conf = getenv("LINGJI_CONF");
    int at = 1, code = -1;
    if (argc == 2 && strcmp(argv[1], "picture-worker") == 0)
        return picture_worker(); /* before anything is opened */
    if (argc > 2 && strcmp(argv[1], "--conf") == 0) {
        conf = argv[2];
        at = 3;
    }
    if (!conf && (access(CONFIG_SYSTEM, F_OK) == 0 || errno != ENOENT))
        conf = CONFIG_SYSTEM; /* one that may not be read is refused below: it may name another database */
    if (at >= argc)
        return usage();
    if (asks_help(argc, argv, at))
        return help(argv[at]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit of file size is a full disk, not a death */
    setvbuf(stdout, NULL, _IOLBF, 0);
    arena_init(&a, 0);
    struct cmd c = {.a = &a, .conf = str_c(conf), .args = argv + at + 1, .n_args = argc - at - 1};
    const char *name = asks_version(argv[at]) ? "version" : argv[at];
    if (!asks_version(name) && config_load(&a, str_c(conf), (const char *const *)environ, &c.config, &why))
        code = cmd_fail("%.*s", SV(why));
    for (size_t i = 0; code < 0 && i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0)
            code = c.n_args && !*commands[i].args ? refused(name, c.args[0]) : commands[i].run(&c);
    if (code < 0)
        code = usage();
    if ((fflush(stdout) || ferror(stdout)) && !code)
        code = cmd_fail("not all that it prints could be written");
    arena_done(&a);
    return code;
}
