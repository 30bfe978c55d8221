/* SPDX-License-Identifier: MIT */
/*
 * $schema: which draft a schema is written in. Any other URI must lead to a metaschema, whose
 * $vocabulary says which words hold (2020-12 core, section 8.1.2) and whose own $schema says
 * the draft.
 */
#include "schema/graph.h"
#include "schema/uri.h"

enum { METASCHEMAS_MAX = 8 }; /* one described by another, and so on */

typedef struct named_draft {
    const char *name; /* without https:// or http://, and without # */
    ta_draft draft;
} named_draft;

/* The drafts; the dialect of OpenAPI 3.1, whose words stand in vocabulary.def. 360Giving's
 * schemas say http: where 2020-12 says https:, so either will do. */
static const named_draft drafts[] = {
    {"json-schema.org/draft-04/schema", TA_DRAFT_D4},
    {"json-schema.org/draft-06/schema", TA_DRAFT_D6},
    {"json-schema.org/draft-07/schema", TA_DRAFT_D7},
    {"json-schema.org/draft/2019-09/schema", TA_DRAFT_D2019},
    {"json-schema.org/draft/2020-12/schema", TA_DRAFT_D2020},
    {"spec.openapis.org/oas/3.1/dialect/base", TA_DRAFT_D2020},
};

static const struct {
    const char *name; /* behind https://json-schema.org/draft/YEAR/vocab/ */
    uint8_t bits;
} vocabularies[] = {
    {"core", TA_VOCABULARY_CORE},
    {"applicator", TA_VOCABULARY_APPLICATOR},
    {"unevaluated", TA_VOCABULARY_UNEVALUATED},
    {"validation", TA_VOCABULARY_VALIDATION},
    {"format-annotation", TA_VOCABULARY_FORMAT},
    {"format-assertion", TA_VOCABULARY_FORMAT | TA_VOCABULARY_ASSERTION},
    {"format", TA_VOCABULARY_FORMAT},
    {"meta-data", TA_VOCABULARY_CORE},
    {"content", TA_VOCABULARY_CORE},
};

/* Without the scheme of the web, and without an empty fragment. */
static ta_text trim_web(ta_text text) {
    if (text.len && text.data[text.len - 1] == '#')
        text.len--;
    size_t scheme = text.len > 8 && !memcmp(text.data, "https://", 8)  ? 8
                    : text.len > 7 && !memcmp(text.data, "http://", 7) ? 7
                                                                       : 0;
    return (ta_text){text.data + scheme, text.len - scheme};
}

static bool find_draft(ta_text uri, ta_lexicon *out) {
    ta_text name = trim_web(uri);
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++)
        if (strlen(drafts[i].name) == name.len &&
            !memcmp(drafts[i].name, name.data, name.len)) {
            *out = (ta_lexicon){drafts[i].draft, TA_VOCABULARY_USUAL};
            return true;
        }
    return false;
}

ta_lexicon ta_schema_usual_lexicon(const ta_schema_impl *impl) {
    ta_lexicon usual = {TA_DRAFT_D2020, TA_VOCABULARY_USUAL};
    const char *language = impl->loader->schema.language;
    if (language)
        find_draft((ta_text){language, strlen(language)}, &usual);
    return usual;
}

static bool refuse_language(ta_schema_impl *impl, const ta_document *document,
                            const ta_node *value, ta_text name, const char *expected) {
    ta_buf copy = {0};
    ta_buf_put(&copy, name.data, name.len);
    ta_schema_fault(impl, document, value,
                    &(ta_finding){.code = TA_F_SCHEMA_DIALECT,
                                  .name = ta_buf_text(&copy),
                                  .expected = expected});
    ta_buf_fini(&copy);
    return false;
}

/* The bits of one vocabulary; 0: it is unknown. */
static uint8_t vocabulary_bits(ta_text uri) {
    static const char *const folders[] = {"json-schema.org/draft/2019-09/vocab/",
                                          "json-schema.org/draft/2020-12/vocab/"};
    uri = trim_web(uri);
    for (int i = 0; i < 2; i++) {
        size_t folder = strlen(folders[i]);
        if (uri.len < folder || memcmp(uri.data, folders[i], folder) != 0)
            continue;
        ta_text name = {uri.data + folder, uri.len - folder};
        for (size_t j = 0; j < sizeof vocabularies / sizeof *vocabularies; j++)
            if (strlen(vocabularies[j].name) == name.len &&
                !memcmp(vocabularies[j].name, name.data, name.len))
                return vocabularies[j].bits;
    }
    return 0;
}

/* 2019-09 has its unevaluated words in the applicator vocabulary. */
static uint8_t settle_bits(uint8_t bits, ta_draft draft) {
    if (draft == TA_DRAFT_D2019 && bits & TA_VOCABULARY_APPLICATOR)
        bits |= TA_VOCABULARY_UNEVALUATED;
    return bits | TA_VOCABULARY_CORE;
}

/* $vocabulary: each that is in use; one that must be known and is not is an error. */
static bool read_vocabularies(ta_schema_impl *impl, const ta_document *metaschema,
                              const ta_node *vocabulary, ta_lexicon *out) {
    const ta_record *record = &metaschema->record;
    uint8_t bits = 0;
    for (const ta_node *v = ta_node_first(vocabulary); v < ta_node_end(vocabulary);
         v = ta_node_next(v)) {
        const ta_key *key = &record->keys->items[v->key];
        ta_text uri = {key->text, key->len};
        uint8_t known = vocabulary_bits(uri);
        bits |= known;
        if (!known && v->kind == TA_TRUE)
            return refuse_language(impl, metaschema, v, uri,
                                   ": the metaschema needs this vocabulary");
    }
    out->vocabularies = settle_bits(bits, out->draft);
    return true;
}

static const ta_document *find_metaschema(ta_schema_impl *impl, const ta_document *document,
                                          const ta_node *value, ta_text uri) {
    ta_buf name = {0};
    bool known = true;
    ta_text fragment, file = ta_uri_split(uri, &fragment);
    ta_buf_put(&name, file.data, file.len);
    const char *text = ta_buf_text(&name);
    const ta_document *found = name.failed ? NULL : ta_schema_find(impl, text, &known);
    impl->nomem = impl->nomem || name.failed;
    if (!found && !impl->nomem)
        refuse_language(impl, document, value, uri,
                        ": it is none of the drafts 4, 6, 7, 2019-09 and 2020-12, and no "
                        "--schema-map PREFIX=FOLDER finds it");
    ta_buf_fini(&name);
    return found;
}

/* Keeps the name of a metaschema, without its fragment. */
static bool keep_name(ta_schema_impl *impl, ta_text uri, const char **out) {
    ta_text fragment, file = ta_uri_split(uri, &fragment);
    *out = ta_arena_copy(&impl->schema.arena, file.data, file.len);
    impl->nomem = impl->nomem || !*out;
    return *out != NULL;
}

bool ta_schema_read_lexicon(ta_schema_impl *impl, const ta_document *document,
                            const ta_node *value, ta_lexicon *out, const char **metaschema) {
    const ta_node *vocabulary = NULL, *first = value;
    const ta_document *owner = document;
    *metaschema = NULL;
    for (int i = 0; i < METASCHEMAS_MAX; i++) {
        if (value->kind != TA_TEXT)
            return refuse_language(impl, document, value, (ta_text){"$schema", 7},
                                   ": it must be the URI of a draft");
        ta_text uri = ta_node_text(&document->record, value);
        if (find_draft(uri, out))
            return !vocabulary || read_vocabularies(impl, owner, vocabulary, out);
        document = find_metaschema(impl, document, value, uri);
        if (!document || (value == first && !keep_name(impl, uri, metaschema)))
            return false;
        const ta_node *root = document->record.nodes;
        if (root->kind != TA_OBJECT)
            break;
        const ta_node *own = ta_node_named(&document->record, root, "$vocabulary");
        if (own && own->kind == TA_OBJECT && !vocabulary) {
            vocabulary = own;
            owner = document;
        }
        value = ta_node_named(&document->record, root, "$schema");
        if (!value) { /* as if it said the newest draft */
            *out = ta_schema_usual_lexicon(impl);
            return !vocabulary || read_vocabularies(impl, owner, vocabulary, out);
        }
    }
    return refuse_language(impl, document, document->record.nodes, (ta_text){"$schema", 7},
                           ": it leads on and on");
}
