/* SPDX-License-Identifier: MIT */
/*
 * transalp bowtie: the validator behind Bowtie's protocol (https://docs.bowtie.report), which
 * compares implementations of JSON Schema: a command a line on standard input, an answer a line
 * on standard output. The lines come in through the reader of JSON Lines, as any data does.
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/say.h"
#include "flow/input.h"
#include "flow/judge.h"

typedef struct bowtie_stage {
    ta_stage stage;
    ta_schema_options options;
    ta_buf answer, language, uri;
    const ta_record *record;
    bool failed; /* standard output is gone, or no memory */
} bowtie_stage;

static const char *const languages[] = {
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-04/schema#",
};

static const ta_node *bowtie_member(const bowtie_stage *b, const ta_node *object,
                                    const char *name) {
    return object && object->kind == TA_OBJECT ? ta_node_named(b->record, object, name) : NULL;
}

/* A value as it was written. */
static ta_text bowtie_source(const bowtie_stage *b, const ta_node *node) {
    return (ta_text){b->record->raw + node->src, node->src_len};
}

static void put_bowtie_text(ta_buf *out, const char *text) {
    ta_buf_puts(out, "\"");
    for (; *text; text++)
        if ((unsigned char)*text < 0x20)
            ta_buf_printf(out, "\\u%04x", (unsigned char)*text);
        else
            ta_buf_printf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    ta_buf_puts(out, "\"");
}

static void put_sequence(bowtie_stage *b, const ta_node *sequence) {
    ta_text text = sequence ? bowtie_source(b, sequence) : (ta_text){"null", 4};
    ta_buf_puts(&b->answer, "{\"seq\": ");
    ta_buf_put(&b->answer, text.data, text.len);
}

static void answer_start(bowtie_stage *b) {
    ta_buf_printf(
        &b->answer,
        "{\"version\": 1, \"implementation\": {\"language\": \"c\", \"name\": \"transalp\", "
        "\"version\": \"%s\", \"homepage\": \"https://transalp.dev\", "
        "\"issues\": \"https://transalp.dev/issues\", "
        "\"source\": \"https://transalp.dev/source\", \"dialects\": [",
        ta_version());
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        ta_buf_printf(&b->answer, "%s\"%s\"", i ? ", " : "", languages[i]);
    ta_buf_puts(&b->answer, "]}}\n");
}

static void answer_dialect(bowtie_stage *b, const ta_node *dialect) {
    bool ok = dialect && dialect->kind == TA_TEXT;
    if (ok) {
        ta_text text = ta_node_text(b->record, dialect);
        b->language.len = 0;
        ta_buf_put(&b->language, text.data, text.len);
        b->options.language = ta_buf_text(&b->language);
    }
    ta_buf_printf(&b->answer, "{\"ok\": %s}\n", ok ? "true" : "false");
}

/* The schemas that references may lead to, and the schema itself. */
static ta_status load_case(bowtie_stage *b, ta_judge *judge, const ta_node *test_case) {
    const ta_node *registry = bowtie_member(b, test_case, "registry");
    const ta_node *schema = bowtie_member(b, test_case, "schema");
    ta_status status = schema ? TA_OK : TA_ERR_USAGE;
    if (registry && registry->kind == TA_OBJECT)
        for (const ta_node *m = ta_node_first(registry);
             m < ta_node_end(registry) && status == TA_OK; m = ta_node_next(m)) {
            const ta_key *key = &b->record->keys->items[m->key];
            ta_text text = bowtie_source(b, m);
            b->uri.len = 0;
            ta_buf_put(&b->uri, key->text, key->len);
            status = ta_judge_hold(judge, ta_buf_text(&b->uri), text.data, text.len);
        }
    if (status != TA_OK)
        return status;
    ta_text text = bowtie_source(b, schema);
    return ta_judge_load(judge, text.data, text.len);
}

/* ", "results": [...]}" */
static ta_status put_results(bowtie_stage *b, ta_judge *judge, const ta_node *tests) {
    ta_status status = TA_OK;
    ta_buf_puts(&b->answer, ", \"results\": [");
    for (const ta_node *t = ta_node_first(tests); t < ta_node_end(tests) && status == TA_OK;
         t = ta_node_next(t)) {
        const ta_node *instance = bowtie_member(b, t, "instance");
        ta_text text = instance ? bowtie_source(b, instance) : (ta_text){"null", 4};
        bool fits = false;
        status = ta_judge_ask(judge, text.data, text.len, &fits);
        ta_buf_printf(&b->answer, "%s{\"valid\": %s}", t == ta_node_first(tests) ? "" : ", ",
                      fits ? "true" : "false");
    }
    ta_buf_puts(&b->answer, "]}\n");
    return status;
}

static void answer_run(bowtie_stage *b, const ta_node *command) {
    const ta_node *sequence = bowtie_member(b, command, "seq");
    const ta_node *test_case = bowtie_member(b, command, "case");
    const ta_node *tests = bowtie_member(b, test_case, "tests");
    ta_judge *judge = ta_judge_new(&b->options);
    put_sequence(b, sequence);
    size_t start = b->answer.len;
    ta_status status = judge ? load_case(b, judge, test_case) : TA_ERR_NOMEM;
    if (status == TA_OK && tests && tests->kind == TA_ARRAY)
        status = put_results(b, judge, tests);
    else if (status == TA_OK)
        status = TA_ERR_USAGE;
    if (status != TA_OK) {
        const char *words = judge ? ta_judge_words(judge) : "out of memory";
        b->answer.len = start;
        ta_buf_puts(&b->answer, ", \"errored\": true, \"context\": {\"message\": ");
        put_bowtie_text(&b->answer, *words ? words : "a case has a schema and a list of tests");
        ta_buf_puts(&b->answer, "}}\n");
    }
    ta_judge_drop(judge);
}

static bool command_is(const bowtie_stage *b, const ta_node *name, const char *word) {
    ta_text text =
        name && name->kind == TA_TEXT ? ta_node_text(b->record, name) : (ta_text){"", 0};
    return text.len == strlen(word) && !memcmp(text.data, word, text.len);
}

static ta_status bowtie_put(ta_stage *stage, ta_record *record) {
    bowtie_stage *b = (bowtie_stage *)stage;
    b->record = record;
    b->answer.len = 0;
    const ta_node *name = bowtie_member(b, record->nodes, "cmd");
    if (command_is(b, name, "stop"))
        return TA_STOP;
    if (command_is(b, name, "start"))
        answer_start(b);
    else if (command_is(b, name, "dialect"))
        answer_dialect(b, bowtie_member(b, record->nodes, "dialect"));
    else if (command_is(b, name, "run"))
        answer_run(b, record->nodes);
    else
        ta_buf_puts(&b->answer,
                    "{\"errored\": true, \"context\": {\"message\": \"cmd must be start, "
                    "dialect, run or stop\"}}\n");
    b->failed = b->failed || b->answer.failed ||
                fwrite(b->answer.data, 1, b->answer.len, stdout) != b->answer.len ||
                fflush(stdout) != 0;
    return b->failed ? TA_STOP : TA_OK;
}

static ta_status bowtie_begin(ta_stage *stage, const ta_head *head) {
    (void)stage;
    (void)head;
    return TA_OK;
}

static ta_status bowtie_end(ta_stage *stage, const ta_tail *tail) {
    (void)stage;
    return tail->status;
}

static void bowtie_drop(ta_stage *stage) {
    (void)stage;
}

static const ta_stage_ops bowtie_ops = {"bowtie",   TA_SCOPE_ORDERED, bowtie_begin,
                                        bowtie_put, bowtie_end,       bowtie_drop};

static void say_bowtie_finding(void *to, const ta_finding *finding) {
    ta_buf *words = to;
    words->len = 0;
    ta_finding_message(finding, words);
    ta_say("bowtie: line %llu: %s", (unsigned long long)finding->place.from.line,
           ta_buf_text(words));
}

static int run_bowtie(ta_settings *settings) {
    ta_keys keys;
    ta_finder finder;
    ta_source source;
    ta_buf words = {0};
    uint64_t records;
    bowtie_stage b = {.stage = {&bowtie_ops, NULL}, .options = settings->job.schemas};
    b.options.trusts_metaschema = true;
    if (!ta_keys_init(&keys))
        return ta_say_nomem();
    ta_finder_init(&finder, say_bowtie_finding, &words);
    ta_read_options read = {.path_separator = '.'};
    ta_input_options options = {.keys = &keys,
                                .finder = &finder,
                                .from = "jsonl",
                                .read = &read,
                                .source = {.window_max = settings->job.record_max}};
    ta_status status = ta_source_open(&source, "-", &options.source);
    if (status == TA_OK)
        status = ta_input_read(&source, &options, &b.stage, &records);
    else
        ta_source_fini(&source);
    ta_keys_fini(&keys);
    ta_buf_fini(&words);
    ta_buf_fini(&b.answer);
    ta_buf_fini(&b.language);
    ta_buf_fini(&b.uri);
    return (status == TA_OK || status == TA_STOP) && !b.failed && !finder.errors ? 0 : 2;
}

static const ta_example bowtie_examples[] = {
    {"echo '{\"cmd\": \"start\", \"version\": 1}' | transalp bowtie", "who is there"}, {0}};

extern const ta_command ta_command_bowtie;
const ta_command ta_command_bowtie = {
    .name = "bowtie",
    .arguments = "",
    .summary = "the validator, on Bowtie's protocol",
    .about = "Answers the commands of Bowtie (start, dialect, run, stop), which compares "
             "validators of JSON "
             "Schema: JSON on standard input, a command a line.",
    .examples = bowtie_examples,
    .run = run_bowtie,
};
