/* SPDX-License-Identifier: MIT */
/* The words of a name (projectID, post_code, "Code postal"), looked up in one table. */
#include "infer/names.h"

#include "base/fold.h"

static const struct {
    const char *word;
    unsigned says;
} name_words[] = {
    {"id", TA_NAME_ID},
    {"ids", TA_NAME_ID},
    {"identifier", TA_NAME_ID},
    {"identifiant", TA_NAME_ID},
    {"key", TA_NAME_ID},
    {"uuid", TA_NAME_ID},
    {"guid", TA_NAME_ID},
    {"ref", TA_NAME_ID},
    {"reference", TA_NAME_ID},
    {"rcn", TA_NAME_ID},
    {"kennung", TA_NAME_ID},
    {"code", TA_NAME_CODE},
    {"codes", TA_NAME_CODE},
    {"cp", TA_NAME_CODE},
    {"postcode", TA_NAME_CODE},
    {"postalcode", TA_NAME_CODE},
    {"zip", TA_NAME_CODE},
    {"zipcode", TA_NAME_CODE},
    {"plz", TA_NAME_CODE},
    {"postleitzahl", TA_NAME_CODE},
    {"cap", TA_NAME_CODE},
    {"nuts", TA_NAME_CODE},
    {"insee", TA_NAME_CODE},
    {"naf", TA_NAME_CODE},
    {"ape", TA_NAME_CODE},
    {"nace", TA_NAME_CODE},
    {"nic", TA_NAME_CODE},
    {"version", TA_NAME_CODE},
    {"siren", TA_NAME_ID},
    {"siret", TA_NAME_ID},
    {"lei", TA_NAME_ID},
    {"ror", TA_NAME_ID},
    {"pic", TA_NAME_ID},
    {"orcid", TA_NAME_ID},
    {"isni", TA_NAME_ID},
    {"iban", TA_NAME_CODE},
    {"vat", TA_NAME_VAT},
    {"tva", TA_NAME_VAT},
    {"ust", TA_NAME_VAT},
    {"iva", TA_NAME_VAT},
    {"phone", TA_NAME_PHONE},
    {"telephone", TA_NAME_PHONE},
    {"tel", TA_NAME_PHONE},
    {"mobile", TA_NAME_PHONE},
    {"portable", TA_NAME_PHONE},
    {"telefon", TA_NAME_PHONE},
    {"telefono", TA_NAME_PHONE},
    {"fax", TA_NAME_PHONE},
    {"amount", TA_NAME_AMOUNT},
    {"cost", TA_NAME_AMOUNT},
    {"costs", TA_NAME_AMOUNT},
    {"price", TA_NAME_AMOUNT},
    {"total", TA_NAME_AMOUNT},
    {"budget", TA_NAME_AMOUNT},
    {"fee", TA_NAME_AMOUNT},
    {"contribution", TA_NAME_AMOUNT},
    {"grant", TA_NAME_AMOUNT},
    {"funding", TA_NAME_AMOUNT},
    {"eur", TA_NAME_AMOUNT},
    {"euro", TA_NAME_AMOUNT},
    {"montant", TA_NAME_AMOUNT},
    {"cout", TA_NAME_AMOUNT},
    {"prix", TA_NAME_AMOUNT},
    {"subvention", TA_NAME_AMOUNT},
    {"cotisation", TA_NAME_AMOUNT},
    {"betrag", TA_NAME_AMOUNT},
    {"kosten", TA_NAME_AMOUNT},
    {"beitrag", TA_NAME_AMOUNT},
    {"importo", TA_NAME_AMOUNT},
    {"country", TA_NAME_COUNTRY},
    {"countries", TA_NAME_COUNTRY},
    {"pays", TA_NAME_COUNTRY},
    {"land", TA_NAME_COUNTRY},
    {"paese", TA_NAME_COUNTRY},
    {"pais", TA_NAME_COUNTRY},
    {"currency", TA_NAME_CURRENCY},
    {"devise", TA_NAME_CURRENCY},
    {"monnaie", TA_NAME_CURRENCY},
    {"wahrung", TA_NAME_CURRENCY},
    {"valuta", TA_NAME_CURRENCY},
};

static unsigned find_name_word(const char *word, size_t len) {
    for (size_t i = 0; i < sizeof name_words / sizeof *name_words; i++)
        if (strlen(name_words[i].word) == len && !memcmp(name_words[i].word, word, len))
            return name_words[i].says;
    return 0;
}

/* A capital behind a small letter begins a word. */
static void split_capitals(const char *name, size_t len, ta_buf *out) {
    for (size_t i = 0; i < len; i++) {
        bool begins =
            i && name[i] >= 'A' && name[i] <= 'Z' && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        ta_buf_put(out, " ", begins);
        ta_buf_put(out, name + i, 1);
    }
}

/* The prefix of an XML name says nothing. */
bool ta_name_says(const char *name, size_t len, unsigned *says) {
    *says = 0;
    if (!len)
        return true;
    ta_buf split = {0}, folded = {0};
    const char *colon = memchr(name, ':', len);
    size_t prefix = colon ? (size_t)(colon + 1 - name) : 0;
    split_capitals(name + prefix, len - prefix, &split);
    ta_fold_text(ta_buf_text(&split), split.len, &folded);
    const char *text = ta_buf_text(&folded);
    while (*text) {
        size_t word = strcspn(text, " ");
        *says |= find_name_word(text, word);
        text += word + (text[word] == ' ');
    }
    bool ok = !split.failed && !folded.failed;
    ta_buf_fini(&split);
    ta_buf_fini(&folded);
    return ok;
}
