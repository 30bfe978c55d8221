/* SPDX-License-Identifier: MIT */
/* events yaml|xml FILE: runs the library's own events over a file and throws them away: what
 * reading through it costs at least. cc -O2 events.c $(pkg-config --cflags --libs libxml-2.0
 * yaml-0.1) */
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

static long seen;

static int run_yaml(FILE *file) {
    yaml_parser_t parser;
    yaml_event_t event;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    for (int done = 0; !done; seen++) {
        if (!yaml_parser_parse(&parser, &event))
            return 1;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return 0;
}

static void on_start(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **pairs, int count, int defaulted,
                     const xmlChar **attributes) {
    (void)to, (void)name, (void)prefix, (void)uri, (void)namespaces, (void)pairs, (void)count;
    (void)defaulted, (void)attributes;
    seen++;
}

static void on_end(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)to, (void)name, (void)prefix, (void)uri;
}

static void on_text(void *to, const xmlChar *text, int len) {
    (void)to, (void)text;
    seen += len;
}

static int run_xml(FILE *file) {
    static char block[65536];
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = sax.cdataBlock = on_text;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        xmlParseChunk(parser, block, (int)n, 0);
    int failed = xmlParseChunk(parser, block, 0, 1);
    xmlFreeParserCtxt(parser);
    return failed;
}

int main(int count, char **words) {
    FILE *file = count == 3 ? fopen(words[2], "rb") : NULL;
    if (!file)
        return 2;
    int failed = strcmp(words[1], "yaml") ? run_xml(file) : run_yaml(file);
    printf("%ld\n", seen);
    return failed;
}
