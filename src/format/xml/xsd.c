/* SPDX-License-Identifier: MIT */
/*
 * XML Schemas, compiled by libxml2. It would fetch what is included from anywhere: each file
 * goes through a loader of ours, which opens local files and what --schema-map names, no
 * entities, and remembers what it could not open, since libxml2 passes over a missing import
 * with a warning.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "format/xml/valid.h"

enum {
    FAULTS_MAX = 20, /* told of one schema: one mistake causes others */
    FILE_MAX = 256 * 1024 * 1024
};

typedef struct loading {
    const char *name;
    const ta_xsd_options *options;
    xmlSchemaPtr schema;
    ta_buf bytes;        /* of the file that is read */
    ta_buf words;        /* of the fault at hand */
    ta_buf mapped;       /* its name by --schema-map */
    ta_buf missing, why; /* the file that could not be opened last */
    uint32_t faults;
} loading;

/* libxml2's hooks have no place of their own for it. */
static _Thread_local loading *now_loading;

/* Its loader is one for all threads, and so are the tables of its types: one loads at a time.
 */
static pthread_mutex_t loads = PTHREAD_MUTEX_INITIALIZER;
static xmlExternalEntityLoader usual_loader;
static bool has_tables, lost_tables;

static bool is_remote(const char *uri) {
    size_t scheme = strspn(uri, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+.-");
    return scheme > 1 && uri[scheme] == ':' && strncasecmp(uri, "file:", 5) != 0;
}

static void note_missing(loading *l, const char *uri, const char *why) {
    l->missing.len = l->why.len = 0;
    ta_buf_puts(&l->missing, uri);
    ta_buf_puts(&l->why, why);
}

/* The whole of a file; false: errno says why not. */
static bool slurp_schema(const char *name, ta_buf *out) {
    char part[4096];
    ssize_t got = -1;
    out->len = 0;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && out->len < FILE_MAX &&
           ((got = read(fd, part, sizeof part)) > 0 || (got < 0 && errno == EINTR)))
        ta_buf_put(out, part, got > 0 ? (size_t)got : 0);
    int error = out->len < FILE_MAX ? errno : EFBIG;
    if (fd >= 0)
        close(fd);
    errno = error;
    return got == 0 && !out->failed;
}

/* As libxml2 would, but for what else it takes a name for: compressed, an address, "-". */
static xmlParserInputPtr read_schema(loading *l, const char *name, xmlParserCtxtPtr parser) {
    xmlParserInputPtr input = NULL;
    char *path = xmlURIUnescapeString(name, 0, NULL);
    if (slurp_schema(name, &l->bytes) || (path && slurp_schema(path, &l->bytes)))
        input = xmlNewIOInputStream(
            parser,
            xmlParserInputBufferCreateMem(l->bytes.len ? l->bytes.data : "", (int)l->bytes.len,
                                          XML_CHAR_ENCODING_NONE),
            XML_CHAR_ENCODING_NONE);
    if (input)
        input->filename = (char *)xmlCanonicPath((const xmlChar *)name);
    xmlFree(path);
    return input;
}

static xmlParserInputPtr open_schema(const char *uri, const char *id, xmlParserCtxtPtr parser) {
    loading *l = now_loading;
    xmlParserInputPtr input = NULL;
    if (!l)
        return usual_loader(uri, id, parser); /* of another thread, which loads no schema */
    if (!uri || parser->inputNr)
        return NULL; /* an entity */
    l->mapped.len = 0;
    bool mapped = l->options->map && l->options->map(l->options->to, uri, &l->mapped);
    const char *name = mapped ? ta_buf_text(&l->mapped) : uri;
    errno = 0;
    if (mapped || !is_remote(uri))
        input = read_schema(l, name, parser);
    if (!input)
        note_missing(l, name,
                     !mapped && is_remote(uri)
                         ? "nothing is fetched: --schema-map PREFIX=FOLDER "
                           "names a folder with a copy"
                     : errno ? strerror(errno)
                             : "no such file");
    return input;
}

/* Whether libxml2 says it in another way too. */
static bool is_echo(const loading *l, const xmlError *error) {
    return error->domain == XML_FROM_IO || error->domain == XML_FROM_REGEXP ||
           (l->faults && error->message && strstr(error->message, "Failed to parse the XML")) ||
           (error->level < XML_ERR_ERROR && !l->missing.len);
}

static void take_fault(void *to, xmlErrorPtr error) {
    loading *l = to;
    l->words.len = 0;
    if (ta_libxml_lacks_memory() || error->code == XML_ERR_NO_MEMORY ||
        l->faults >= FAULTS_MAX || is_echo(l, error))
        return;
    bool missing = l->missing.len && error->domain == XML_FROM_SCHEMASP;
    if (missing)
        ta_buf_printf(&l->words, "cannot open %s: %s", ta_buf_text(&l->missing),
                      ta_buf_text(&l->why));
    else if (error->domain == XML_FROM_PARSER || error->domain == XML_FROM_NAMESPACE)
        ta_libxml_put_words(&l->words, error);
    else
        ta_xml_put_schema_words(&l->words, error->message);
    bool column = error->domain == XML_FROM_PARSER && error->int2 > 0;
    ta_place place = {.file = error->file ? error->file : l->name};
    place.from.line = error->line > 0 ? (uint64_t)error->line : 0;
    place.from.column = column ? (uint64_t)error->int2 : 0;
    place.to = place.from;
    ta_find(l->options->finder, &(ta_finding){.code = TA_F_SCHEMA_XSD,
                                              .place = place,
                                              .found = ta_buf_text(&l->words)});
    l->missing.len = 0;
    l->faults++;
}

static void compile_xsd(void *to) {
    loading *l = to;
    xmlSetStructuredErrorFunc(l, take_fault); /* what is not well-formed comes this way */
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(l->name);
    if (parser) {
        xmlSchemaSetParserStructuredErrors(parser, take_fault, l);
        l->schema = xmlSchemaParse(parser);
        xmlSchemaFreeParserCtxt(parser);
    }
}

static void make_tables(void *to) {
    (void)to;
    xmlSchemaInitTypes();
}

/* Once for the whole program; what is lost is never made again. */
static bool begin_schemas(void) {
    ta_libxml_blocks blocks = {0};
    if (!ta_libxml_begin() || lost_tables)
        return false;
    if (!has_tables) {
        has_tables = ta_libxml_run(&blocks, make_tables, NULL);
        lost_tables = !has_tables;
    }
    ta_libxml_forget(&blocks);
    return has_tables;
}

/* False: no memory. */
static bool compile_guarded(loading *l) {
    ta_libxml_blocks blocks = {0};
    now_loading = l;
    pthread_mutex_lock(&loads);
    usual_loader = xmlGetExternalEntityLoader();
    bool done = begin_schemas();
    if (done) {
        xmlSetExternalEntityLoader(open_schema);
        done = ta_libxml_run(&blocks, compile_xsd, l);
        xmlSetExternalEntityLoader(usual_loader);
        xmlResetLastError();
    }
    pthread_mutex_unlock(&loads);
    ta_libxml_forget(&blocks);
    now_loading = NULL;
    if (!done)
        l->schema = NULL;
    return done;
}

static ta_status load_xsd(loading *l, ta_xsd *xsd) {
    if (access(l->name, R_OK) != 0) {
        ta_find(l->options->finder, &(ta_finding){.code = TA_F_IO_OPEN,
                                                  .place = {.file = l->name},
                                                  .name = l->name,
                                                  .found = strerror(errno)});
        return TA_ERR_USAGE;
    }
    bool done = compile_guarded(l);
    xsd->schema = l->schema;
    if (!done || ta_libxml_lacks_memory() || l->bytes.failed)
        return TA_ERR_NOMEM;
    if (xsd->schema && !l->faults)
        return TA_OK;
    if (!l->faults)
        ta_find(l->options->finder, &(ta_finding){.code = TA_F_SCHEMA_XSD,
                                                  .place = {.file = l->name},
                                                  .found = "this is no XML Schema"});
    return TA_ERR_USAGE;
}

ta_status ta_xsd_load(const char *name, const ta_xsd_options *options, ta_xsd **out) {
    loading l = {.name = name, .options = options};
    *out = calloc(1, sizeof **out);
    ta_status status = *out ? load_xsd(&l, *out) : TA_ERR_NOMEM;
    ta_buf_fini(&l.bytes);
    ta_buf_fini(&l.words);
    ta_buf_fini(&l.mapped);
    ta_buf_fini(&l.missing);
    ta_buf_fini(&l.why);
    if (status != TA_OK) {
        ta_xsd_drop(*out);
        *out = NULL;
    }
    return status;
}

void ta_xsd_drop(ta_xsd *xsd) {
    if (!xsd)
        return;
    if (xsd->schema)
        xmlSchemaFree(xsd->schema);
    free(xsd);
}
