/* SPDX-License-Identifier: MIT */
#include "flow/input.h"

#include <errno.h>
#include <strings.h>

#include "base/codec.h"
#include "format/around.h"

enum { SNIFFED_BYTES = 64 * 1024 };

/* Formats that are recognised by their first bytes, with what to do about them. */
static const struct {
    const char *mark;
    size_t len, at;
    const char *found, *remedy;
} foreign_rows[] = {
    {"PK\3\4", 4, 0, "a ZIP archive or a spreadsheet (.xlsx, .ods)",
     "save the sheet as CSV UTF-8, or unpack the archive"},
    {"\xD0\xCF\x11\xE0", 4, 0, "an old Office file (.xls, .doc)", "save it as CSV UTF-8"},
    {"%PDF-", 5, 0, "a PDF file", "ask for the data as CSV, JSON, YAML or XML"},
    {"\x1F\x8B", 2, 0, "compressed with gzip", "unpack it first: gzip -d"},
    {"\x28\xB5\x2F\xFD", 4, 0, "compressed with zstd", "unpack it first: zstd -d"},
    {"BZh", 3, 0, "compressed with bzip2", "unpack it first: bzip2 -d"},
    {"\xFD"
     "7zXZ",
     5, 0, "compressed with xz", "unpack it first: xz -d"},
};

static bool is_foreign(const ta_window *window, ta_finder *finder) {
    for (size_t i = 0; i < sizeof foreign_rows / sizeof *foreign_rows; i++) {
        size_t end = foreign_rows[i].at + foreign_rows[i].len;
        if (window->len < end || memcmp(window->data + foreign_rows[i].at, foreign_rows[i].mark,
                                        foreign_rows[i].len) != 0)
            continue;
        ta_find(finder, &(ta_finding){.code = TA_F_FORMAT_FOREIGN,
                                      .place = {.file = window->file},
                                      .found = foreign_rows[i].found,
                                      .expected = foreign_rows[i].remedy});
        return true;
    }
    return false;
}

/* A byte order mark of UTF-16 or UTF-32 names the encoding. */
static bool is_wide(const ta_window *window, ta_finder *finder) {
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } rows[] = {{"\xFF\xFE\0\0", 4, "UTF-32"},
                {"\0\0\xFE\xFF", 4, "UTF-32"},
                {"\xFF\xFE", 2, "UTF-16"},
                {"\xFE\xFF", 2, "UTF-16"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (window->len < rows[i].len || memcmp(window->data, rows[i].mark, rows[i].len) != 0)
            continue;
        ta_find(finder,
                &(ta_finding){.code = TA_F_ENCODING_UTF16,
                              .place = {.file = window->file, .from = {1, 1}, .to = {1, 1}},
                              .found = rows[i].name});
        return true;
    }
    return false;
}

/* The mark of UTF-8 on what was decoded from another encoding. */
static bool is_misnamed(const ta_source *source, ta_finder *finder) {
    if (!source->mark_decoded)
        return false;
    ta_find(finder,
            &(ta_finding){.code = TA_F_ENCODING_MARK,
                          .place = {.file = source->window.file, .from = {1, 1}, .to = {1, 1}},
                          .expected = source->encoding});
    return true;
}

static const char *format_names(ta_buf *out) {
    for (const ta_format *const *f = ta_formats; *f; f++)
        ta_buf_printf(out, "%s%s", f == ta_formats ? "name it with --from, one of " : ", ",
                      (*f)->name);
    return ta_buf_text(out);
}

static const ta_format *choose_format(const ta_source *source,
                                      const ta_input_options *options) {
    const ta_window *window = &source->window;
    const ta_format *format =
        options->from ? ta_format_find(options->from) : ta_format_of_name(window->file);
    size_t len = window->len < SNIFFED_BYTES ? window->len : SNIFFED_BYTES;
    if (!format)
        format = ta_format_sniff(window->data, len, source->ended);
    if (format)
        return format;
    ta_buf names = {0};
    ta_find(options->finder, &(ta_finding){.code = TA_F_FORMAT_UNKNOWN,
                                           .place = {.file = window->file},
                                           .name = window->file,
                                           .expected = format_names(&names)});
    ta_buf_fini(&names);
    return NULL;
}

void ta_input_explain(const ta_source *source, const char *name, ta_status status,
                      const ta_input_options *options) {
    ta_finding f = {.code = TA_F_IO_OPEN, .place = {.file = name}, .name = name};
    if (status == TA_ERR_USAGE) {
        f.code = TA_F_ENCODING_UNKNOWN;
        f.name = options->source.encoding;
    } else if (source->error == EISDIR) {
        f.code = TA_F_IO_FOLDER;
    }
    f.found = ta_source_why(source);
    if (status != TA_ERR_NOMEM)
        ta_find(options->finder, &f);
}

/* What the format's name implies (jsonl: lines, tsv: the tab) where the options say nothing. */
static ta_read_options merge_options(const ta_read_options *asked, const ta_format *format) {
    ta_read_options merged = *asked;
    const ta_read_options *implied = &format->read_defaults;
    merged.lines |= implied->lines;
    if (!merged.dialect.delimiter)
        merged.dialect.delimiter = implied->dialect.delimiter;
    if (!merged.path_separator)
        merged.path_separator = '.';
    if (!merged.depth_max)
        merged.depth_max = TA_DEPTH_MAX;
    return merged;
}

/* --records on rows and lines. */
static ta_status refuse_records(const ta_source *source, const ta_format *format,
                                const ta_path *records, ta_finder *finder) {
    ta_buf name = {0}, found = {0};
    ta_around_put_path(&name, records);
    ta_buf_printf(&found, "a %s file is a list of records already; leave the option out",
                  format->name);
    ta_find(finder, &(ta_finding){.code = TA_F_RECORDS_OPTION,
                                  .place = {.file = source->window.file},
                                  .name = ta_buf_text(&name),
                                  .found = ta_buf_text(&found)});
    ta_buf_fini(&name);
    ta_buf_fini(&found);
    return TA_ERR_USAGE;
}

/* A schema's file ending in .xsd, and data that is no XML. */
static ta_status refuse_xsd(const ta_source *source, const ta_format *format,
                            ta_finder *finder) {
    ta_find(finder, &(ta_finding){.code = TA_F_SCHEMA_LANGUAGE,
                                  .place = {.file = source->window.file},
                                  .found = format->summary,
                                  .expected = "give a JSON Schema, or convert the file to XML "
                                              "first"});
    return TA_ERR_USAGE;
}

static ta_status read_format(ta_source *source, const ta_format *format,
                             const ta_input_options *options, ta_stage *chain,
                             uint64_t *records) {
    ta_memo memo[TA_MEMO_ROWS] = {{0}};
    ta_record record = {.keys = options->keys, .window = &source->window, .memo = memo};
    ta_head head = {
        .file = source->window.file,
        .format = format->name,
        .locate = format->locate,
        .respell = format->respell,
        .home = format->home,
    };
    head.place = (ta_place){.file = head.file, .span = {0, 1}, .from = {1, 1}, .to = {1, 2}};
    record.head = &head;
    ta_read_options read = merge_options(options->read, format);
    if (read.records && format->list_only)
        return refuse_records(source, format, read.records, options->finder);
    if (read.xsd && format != &ta_format_xml)
        return refuse_xsd(source, format, options->finder);
    head.inside = read.records != NULL;
    bool left_out = false;
    ta_reading reading = {.source = source,
                          .record = &record,
                          .head = &head,
                          .finder = options->finder,
                          .shape = options->shape,
                          .options = &read,
                          .left_out = &left_out,
                          .envelope = options->envelope,
                          .left = options->left,
                          .leap = options->leap};
    ta_status status = format->read(&reading, chain, records);
    if (status == TA_ERR_INPUT && !left_out && options->cut_short)
        *options->cut_short = true;
    ta_record_fini(&record);
    return status;
}

static bool is_known_encoding(const char *name) {
    ta_decoder *decoder;
    ta_status status = ta_decoder_new(name, &decoder);
    if (status == TA_OK)
        ta_decoder_drop(decoder);
    return status != TA_ERR_USAGE;
}

bool ta_input_encoding(const char *data, size_t len, const char *from,
                       char declared[TA_ENCODING_BYTES]) {
    len = len < TA_DECLARATION_BYTES ? len : TA_DECLARATION_BYTES;
    for (const ta_format *const *f = ta_formats; *f; f++) {
        bool is_other = from && strcmp(from, (*f)->name) != 0;
        if (is_other || !(*f)->declares || !(*f)->declares(data, len, declared))
            continue;
        bool ascii = (unsigned char)(*data - 1) < 0x7F && data[1];
        bool wide = !strncasecmp(declared, "UTF", 3) || !strncasecmp(declared, "UCS", 3) ||
                    !strncasecmp(declared, "ISO-10646", 9);
        return !(wide && ascii) && is_known_encoding(declared);
    }
    return false;
}

ta_status ta_input_follow(ta_source *source, const char *from,
                          char declared[TA_ENCODING_BYTES]) {
    const ta_window *window = &source->window;
    bool declares = !window->offset && !source->encoding &&
                    ta_input_encoding(window->data, window->len, from, declared);
    return declares ? ta_source_redecode(source, declared) : TA_OK;
}

ta_status ta_input_read(ta_source *source, const ta_input_options *options, ta_stage *chain,
                        uint64_t *records) {
    ta_finder *finder = options->finder;
    *records = 0;
    char declared[TA_ENCODING_BYTES];
    ta_status status = ta_source_more(source, 0);
    if (status == TA_OK)
        status = ta_input_follow(source, options->from, declared);
    if (status == TA_ERR_IO)
        ta_find(finder, &(ta_finding){.code = TA_F_IO_READ,
                                      .place = {.file = source->window.file},
                                      .found = ta_source_why(source)});
    if (status == TA_STOP)
        status = TA_OK;
    if (status == TA_OK &&
        (is_foreign(&source->window, finder) || is_misnamed(source, finder) ||
         (!options->source.encoding && is_wide(&source->window, finder))))
        status = TA_ERR_INPUT;
    if (status == TA_ERR_INPUT && options->cut_short)
        *options->cut_short = true;
    const ta_format *format = NULL;
    if (status == TA_OK) {
        format = choose_format(source, options);
        status = format ? TA_OK : TA_ERR_USAGE;
    }
    if (status == TA_OK)
        status = read_format(source, format, options, chain, records);
    ta_source_fini(source);
    return status;
}
