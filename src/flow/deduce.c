/* SPDX-License-Identifier: MIT */
/*
 * The formats that are tried, the rarer before the more common: what passes a check digit is no
 * accident. Those that nearly every word has (hostname, regex, json-pointer) are left out.
 */
#include "flow/deduce.h"

#include "check/format.h"
#include "flow/output.h"

/* Of other countries than the members any text passes that begins with two letters. */
static bool is_likely_vat(ta_text text) {
    size_t digits = 0;
    for (size_t i = 2; i < text.len; i++)
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    return digits >= 5 && text.len <= 16 && ta_is_vat(text);
}

static bool is_web_address(ta_text text) {
    return memmem(text.data, text.len, "://", 3) && ta_is_uri(text);
}

static bool is_international_address(ta_text text) {
    return memmem(text.data, text.len, "://", 3) && ta_is_iri(text);
}

static const struct {
    const char *name;
    bool (*holds)(ta_text text), (*likely)(ta_text text); /* likely NULL: holds is enough */
} deduced_formats[] = {
    {"date", ta_is_date, NULL},
    {"date-time", ta_is_date_time, NULL},
    {"time", ta_is_time, NULL},
    {"uuid", ta_is_uuid, NULL},
    {"email", ta_is_email, NULL},
    {"lei", ta_is_lei, NULL},
    {"ror", ta_is_ror, NULL},
    {"orcid", ta_is_orcid, NULL},
    {"isni", ta_is_isni, NULL},
    {"iban", ta_is_iban, NULL},
    {"siret", ta_is_siret, NULL},
    {"siren", ta_is_siren, NULL},
    {"vat", ta_is_vat, is_likely_vat},
    {"uri", ta_is_uri, is_web_address},
    {"iri", ta_is_iri, is_international_address},
    {"duration", ta_is_duration, NULL},
    {"ipv4", ta_is_ipv4, NULL},
};

static const char *const deduced_lists[] = {"country", "currency"};

static void take_formats(ta_infer_options *options) {
    for (size_t i = 0; i < sizeof deduced_formats / sizeof *deduced_formats; i++) {
        bool strict = !options->widens && deduced_formats[i].likely;
        options->formats[i] = (ta_infer_format){
            .name = deduced_formats[i].name,
            .holds = strict ? deduced_formats[i].likely : deduced_formats[i].holds,
            .follows = deduced_formats[i].holds == ta_is_iri};
    }
    options->format_count = sizeof deduced_formats / sizeof *deduced_formats;
}

static ta_status load_lists(ta_deduce *deduce, ta_library *library) {
    ta_status status = TA_OK;
    for (size_t i = 0; i < sizeof deduced_lists / sizeof *deduced_lists && status == TA_OK;
         i++) {
        ta_buf name = {0};
        ta_buf_printf(&name, "builtin:codes/%s.csv", deduced_lists[i]);
        status = name.failed ? TA_ERR_NOMEM
                             : ta_code_list_load(&library->loader, ta_buf_text(&name),
                                                 &deduce->lists[i]);
        ta_buf_fini(&name);
        deduce->options.lists[i] = (ta_infer_list){deduced_lists[i], deduce->lists[i]};
        deduce->options.list_count += status == TA_OK;
    }
    return status;
}

ta_status ta_deduce_open(ta_deduce *deduce, const ta_job *job, ta_library *library) {
    const ta_infer_wish *wish = &job->infer;
    deduce->options = (ta_infer_options){.title = wish->title,
                                         .no_enums = wish->no_enums,
                                         .ranges = wish->ranges,
                                         .widens = wish->merge,
                                         .enum_max = wish->enum_max ? (unsigned)wish->enum_max
                                                                    : TA_INFER_ENUM_MAX,
                                         .typed = job->read.infer || job->read.nest,
                                         .decimal = job->read.dialect.decimal};
    take_formats(&deduce->options);
    ta_status status = load_lists(deduce, library);
    ta_keys_pin(library->loader.keys);
    if (status == TA_OK && !(deduce->infer = ta_infer_new(&deduce->options)))
        status = TA_ERR_NOMEM;
    return status;
}

ta_status ta_deduce_build(const ta_deduce *deduce, ta_stage **chain) {
    if (!deduce->infer)
        return TA_OK;
    ta_stage *stage = ta_infer_stage(deduce->infer, *chain);
    if (!stage)
        return TA_ERR_NOMEM;
    *chain = stage;
    return TA_OK;
}

static ta_status write_schema(ta_deduce *deduce, ta_reader *reader, const ta_format *format,
                              ta_sink *sink) {
    const char *merge = reader->job->infer.merge;
    ta_loader *loader = &reader->library.loader;
    const ta_document *old = merge ? reader->checks.schemas[0]->root->document : NULL;
    ta_write_options write = {.pretty = true, .path_separator = '.'};
    ta_writing writing = {
        .sink = sink, .finder = loader->finder, .keys = &reader->keys, .options = &write};
    ta_stage *writer = format->writer_new(&writing);
    if (!writer)
        return TA_ERR_NOMEM;
    ta_status status = reader->job->infer.map
                           ? ta_infer_write_map(deduce->infer, ta_checks_shape(&reader->checks),
                                                &reader->keys, writer)
                           : ta_infer_write(deduce->infer, old, &reader->keys, writer);
    ta_stage_drop(writer);
    return status;
}

ta_status ta_deduce_write(ta_deduce *deduce, ta_reader *reader, const char *file) {
    const ta_format *format = file && strcmp(file, "-") != 0 ? ta_format_of_name(file) : NULL;
    if (!format || format->list_only || format->write_defaults.lines)
        format = ta_format_find(reader->job->infer.map ? "yaml" : "json");
    ta_output out;
    ta_status status = ta_output_open(&out, file, &reader->hub.finder);
    if (status == TA_OK)
        status = write_schema(deduce, reader, format, &out.sink);
    ta_status closed = ta_output_close(&out, status == TA_OK);
    return status == TA_OK ? closed : status;
}

void ta_deduce_close(ta_deduce *deduce) {
    ta_infer_drop(deduce->infer);
    for (size_t i = 0; i < TA_INFER_LISTS_MAX; i++)
        ta_code_list_drop(deduce->lists[i]);
}

static ta_status look_at_input(ta_reader *reader, size_t i, ta_stage *chain) {
    ta_finder *finder = &reader->hub.finder;
    uint64_t errors = finder->errors, warnings = finder->warnings, notes = finder->notes;
    ta_summary summary = {.file = reader->job->inputs[i]};
    ta_status status = ta_reader_read(reader, i, finder, NULL, chain, &summary.records);
    ta_tail tail = {.status = status, .records = summary.records};
    ta_status ended = ta_stage_end(chain, &tail);
    status = ended > status ? ended : status;
    ta_reader_clear_progress(reader);
    ta_hub_status(&reader->hub, status);
    summary.errors = finder->errors - errors;
    summary.warnings = finder->warnings - warnings;
    summary.notes = finder->notes - notes;
    summary.status = status;
    ta_hub_input_end(&reader->hub, &summary);
    return status;
}

static ta_status look_at_inputs(ta_reader *reader, ta_deduce *deduce) {
    ta_stage *chain = NULL;
    ta_status status = ta_deduce_build(deduce, &chain);
    ta_hub_status(&reader->hub, status);
    for (size_t i = 0; i < reader->job->input_count && status != TA_ERR_NOMEM; i++)
        status = look_at_input(reader, i, chain);
    ta_stage_drop(chain);
    return status;
}

int ta_infer_run(const ta_job *job) {
    ta_reader reader;
    ta_deduce deduce = {.infer = NULL};
    ta_status status = ta_reader_open(&reader, job);
    if (status == TA_OK)
        status = ta_deduce_open(&deduce, job, &reader.library);
    ta_hub_status(&reader.hub, status == TA_ERR_INPUT ? TA_ERR_USAGE : status);
    if (status == TA_OK)
        status = look_at_inputs(&reader, &deduce);
    if (status != TA_ERR_NOMEM && !reader.hub.could_not_run && !reader.hub.finder.errors)
        ta_hub_status(&reader.hub, ta_deduce_write(&deduce, &reader, job->output));
    ta_deduce_close(&deduce);
    return ta_reader_close(&reader);
}
