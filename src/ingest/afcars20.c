#include "ingest/afcars20.h"

#include <inttypes.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/date.h"
#include "base/i18n.h"
#include "ingest/history.h"
#include "ingest/period.h"

#define NAMESPACE "http://www.acf.hhs.gov"
#define LONGEST_VALUE 256
#define DEEPEST 16
#define PETITION_SPECIAL "66666666" /* accepted in elements 65 and 66 */

struct reader {
	struct intake *in;
	struct err *err;
	xmlParserCtxtPtr xml;
	bool failed; /* *err is filled */
	int depth;
	int element; /* whose value is being gathered; 0: none */
	bool in_record;
	uint64_t line; /* on which the record began */
	char value[LONGEST_VALUE];
	size_t value_len;
	char id[EXTRACT_ID + 1];
	struct buf text;  /* the record so far */
	bool bad_removal; /* a removal without its date */
	int32_t period;
	int unknown; /* tags that no table has */
	struct af20_record rec;
};

static bool
fail(struct reader *r, enum err_code code, const char *what)
{
	if (r->failed)
		return false;
	r->failed = true;
	err_set(r->err, code, "%s: line %d: %s", intake_current(r->in)->name,
	    xmlSAX2GetLineNumber(r->xml), what);
	xmlStopParser(r->xml);
	return false;
}

static bool
check(struct reader *r, bool ok)
{
	if (!ok && !r->failed) {
		r->failed = true;
		xmlStopParser(r->xml);
	}
	return ok;
}

/* --- a record ------------------------------------------------------ */

static void
flag_one(void *arg, const char *rule)
{
	intake_flag(arg, rule, 1);
}

static bool
usable(struct reader *r, struct fault *fault)
{
	const struct af20_record *rec = &r->rec;
	bool any = false;

	fault->line = r->line;
	if (r->id[0] == '\0') {
		fault->column = "E4";
		fault->rule = "FC-19";
		return false;
	}
	for (size_t i = 1; i < rec->n; i++)
		any |=
		    (rec->parts[i].mark == 'R' || rec->parts[i].mark == 'E') &&
		    af20_get(rec, (int)i, 69) != DATE_MISSING;
	fault->column = "E69";
	fault->rule = "DQ-A8";
	return any;
}

static void
flag_values(struct reader *r)
{
	for (size_t i = 0; i < r->rec.values_n; i++)
		if (r->rec.values[i].n == DATE_MISSING)
			intake_flag(r->in, "FC-22", 1);
}

static bool
end_record(struct reader *r)
{
	struct fault fault = {0};

	r->in_record = false;
	intake_count(r->in);
	if (!af20_parse(&r->rec, buf_text(&r->text), r->text.len, r->err))
		return fail(r, ERR_FORMAT, _("a record of too many parts"));
	if (!usable(r, &fault))
		return check(r, intake_aside(r->in, &fault, r->err));
	flag_values(r);
	af20_check(&r->rec, r->period, flag_one, r->in);
	intake_current(r->in)->kept++;
	return check(r, history_keep(r->in,
			    &(struct keep){.form = HISTORY_2020,
				.line = (uint32_t)r->line,
				.period = r->period,
				.key = r->id,
				.key_len = strlen(r->id),
				.bytes = buf_text(&r->text),
				.len = r->text.len},
			    r->err));
}

static bool
begin_record(struct reader *r)
{
	if (r->period == 0)
		return fail(r, ERR_FORMAT,
		    _("E2_report_date must stand before the records"));
	r->in_record = true;
	r->line = (uint64_t)xmlSAX2GetLineNumber(r->xml);
	r->id[0] = '\0';
	buf_reset(&r->text);
	return true;
}

/* --- values -------------------------------------------------------- */

static void
trim(const char **s, size_t *len)
{
	while (*len > 0 && strchr(" \t\r\n", **s) != NULL) {
		++*s;
		--*len;
	}
	while (*len > 0 && strchr(" \t\r\n", (*s)[*len - 1]) != NULL)
		--*len;
}

static void
take_id(struct reader *r, const char *s, size_t len)
{
	if (len > EXTRACT_ID)
		return;
	for (size_t i = 0; i < len; i++)
		if (s[i] < ' ' || s[i] > '~' || strchr("@#$%", s[i]) != NULL)
			return;
	memcpy(r->id, s, len);
	r->id[len] = '\0';
}

static bool
take_period(struct reader *r, const char *s, size_t len)
{
	int32_t period = period_parse(s, len);

	if (period == 0)
		return fail(r, ERR_FORMAT,
		    _("E2_report_date names no "
		      "half-year (CCYY03 or CCYY09)"));
	if (r->period != 0)
		return fail(r, ERR_FORMAT, _("E2_report_date stands twice"));
	r->period = period;
	intake_current(r->in)->period = period;
	intake_through(r->in, period_end(period));
	return true;
}

static bool
end_value(struct reader *r)
{
	const char *s = r->value;
	size_t len = r->value_len;
	int element = r->element;

	r->element = 0;
	trim(&s, &len);
	if (len == 0)
		return true;
	if (element == 2 && !r->in_record)
		return take_period(r, s, len);
	if (!r->in_record)
		return true;
	if (element == 4) {
		take_id(r, s, len);
		return true;
	}
	if ((element == 65 || element == 66) &&
	    len == strlen(PETITION_SPECIAL) &&
	    memcmp(s, PETITION_SPECIAL, len) == 0)
		return true;
	if (r->text.len > AF20_LONGEST)
		return fail(r, ERR_FORMAT, _("a record of over 1 MiB"));
	buf_printf(&r->text, "%d=", element);
	for (size_t i = 0; i < len; i++)
		buf_char(&r->text, s[i] > ' ' && s[i] <= '~' ? s[i] : '?');
	buf_char(&r->text, '\n');
	return true;
}

/* --- what the parser calls ----------------------------------------- */

static void
on_root(struct reader *r, const char *name, const char *uri)
{
	if (strcmp(name, "data") != 0 || uri == NULL ||
	    strcmp(uri, NAMESPACE) != 0)
		fail(r, ERR_FORMAT,
		    _("this is no AFCARS file: the root is "
		      "not data of the namespace http://www.acf.hhs.gov"));
}

static void
unknown_tag(struct reader *r, const char *name)
{
	static const char *const known[] = {"records", "record", NULL};

	for (int i = 0; known[i] != NULL; i++)
		if (strcmp(name, known[i]) == 0)
			return;
	/* Tags that only group others bear the numbers of what they hold. */
	if (*name == 'E' && strchr(name, '_') != NULL)
		return;
	if (r->unknown++ == 0)
		intake_say(r->in,
		    _("line %d: tags that are not known are "
		      "passed over"),
		    xmlSAX2GetLineNumber(r->xml));
}

static void
on_start(void *arg, const xmlChar *name_, const xmlChar *prefix,
    const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
    int attributes_n, int defaulted_n, const xmlChar **attributes)
{
	struct reader *r = arg;
	const char *name = (const char *)name_;
	char mark;

	(void)prefix;
	(void)namespaces_n;
	(void)namespaces;
	(void)attributes_n;
	(void)defaulted_n;
	(void)attributes;
	if (r->failed)
		return;
	if (r->depth++ == 0) {
		on_root(r, name, (const char *)uri);
		return;
	}
	if (r->depth > DEEPEST) {
		fail(r, ERR_FORMAT, _("tags are nested too deep"));
		return;
	}
	r->value_len = 0;
	r->element = af20_tag(name);
	if (r->element != 0)
		return;
	mark = af20_mark(name);
	if (strcmp(name, "record") == 0 && !r->in_record)
		begin_record(r);
	else if (mark != 0 && r->in_record)
		buf_printf(&r->text, "+%c\n", mark);
	else if (mark == 0)
		unknown_tag(r, name);
}

static void
on_end(
    void *arg, const xmlChar *name_, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *r = arg;
	const char *name = (const char *)name_;

	(void)prefix;
	(void)uri;
	if (r->failed)
		return;
	r->depth--;
	if (r->element != 0)
		end_value(r);
	else if (!r->in_record)
		return;
	else if (af20_mark(name) != 0)
		buf_str(&r->text, "-\n");
	else if (strcmp(name, "record") == 0)
		end_record(r);
}

static void
on_text(void *arg, const xmlChar *s, int len)
{
	struct reader *r = arg;
	size_t n = (size_t)len;

	if (r->failed || r->element == 0)
		return;
	if (n > sizeof r->value - r->value_len)
		n = sizeof r->value - r->value_len;
	memcpy(r->value + r->value_len, s, n);
	r->value_len += n;
}

/* No document type: it is not needed, and entities are how XML is abused. */
static void
on_doctype(void *arg, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	struct reader *r = arg;

	(void)name;
	(void)external;
	(void)system;
	fail(r, ERR_FORMAT, _("a document type (DOCTYPE) is not accepted"));
}

/* The parser's own sentence may quote the file. */
static const char *
in_words(int code)
{
	static const struct {
		int code;
		const char *words;
	} known[] = {
	    {XML_ERR_DOCUMENT_EMPTY, N_("nothing but blanks")},
	    {XML_ERR_DOCUMENT_END, N_("something behind the end")},
	    {XML_ERR_INVALID_CHAR, N_("a character that XML does not have")},
	    {XML_ERR_INVALID_ENCODING, N_("bytes that are not UTF-8")},
	    {XML_ERR_UNDECLARED_ENTITY, N_("an entity; write the character")},
	    {XML_ERR_NAME_REQUIRED, N_("a < or & that ought to be written as "
				       "&lt; or &amp;")},
	    {XML_ERR_LT_REQUIRED, N_("a tag that does not begin with <")},
	    {XML_ERR_GT_REQUIRED, N_("a tag that is cut off")},
	    {XML_ERR_TAG_NAME_MISMATCH, N_("an end tag of another element")},
	    {XML_ERR_TAG_NOT_FINISHED, N_("the file ends too early")},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].code == code)
			return _(known[i].words);
	return NULL;
}

static void
on_error(void *arg, xmlErrorPtr error)
{
	struct reader *r = arg;
	const char *words = in_words(error->code);

	if (r->failed || error->level < XML_ERR_ERROR)
		return;
	r->failed = true;
	if (words != NULL)
		err_set(r->err, ERR_FORMAT,
		    _("%s: line %d, column %d: not well-formed XML: %s"),
		    intake_current(r->in)->name, error->line, error->int2,
		    words);
	else
		err_set(r->err, ERR_FORMAT,
		    _("%s: line %d, column %d: not well-formed XML (error %d)"),
		    intake_current(r->in)->name, error->line, error->int2,
		    error->code);
}

/* --- the file ------------------------------------------------------ */

bool
afcars20_probe(const char *s, size_t len)
{
	size_t i = len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	while (i < len && strchr(" \t\r\n", s[i]) != NULL && s[i] != '\0')
		i++;
	return i < len && s[i] == '<';
}

int32_t
afcars20_period(const char *s, size_t len)
{
	static const char tag[] = "<E2_report_date>";
	const char *at = memmem(s, len, tag, sizeof tag - 1);
	size_t left;

	if (at == NULL)
		return 0;
	at += sizeof tag - 1;
	left = len - (size_t)(at - s);
	while (left > 0 && strchr(" \t\r\n", *at) != NULL && *at != '\0') {
		at++;
		left--;
	}
	return left >= 6 ? period_parse(at, 6) : 0;
}

static xmlParserCtxtPtr
new_parser(struct reader *r)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC};
	xmlParserCtxtPtr xml;

	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	sax.characters = on_text;
	sax.cdataBlock = on_text;
	sax.internalSubset = on_doctype;
	sax.serror = on_error;
	xml = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (xml != NULL)
		xmlCtxtUseOptions(xml, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	return xml;
}

static void
feed(struct reader *r, struct bytes *b)
{
	size_t n;

	while (!r->failed && (n = bytes_want(b, 65536)) > 0) {
		if (n > 65536)
			n = 65536;
		if (xmlParseChunk(r->xml, b->data, (int)n, 0) != 0 &&
		    !r->failed)
			fail(r, ERR_FORMAT, _("not well-formed XML"));
		bytes_skip(b, n);
	}
	if (!r->failed)
		xmlParseChunk(r->xml, NULL, 0, 1);
	if (!r->failed && !r->xml->wellFormed)
		fail(r, ERR_FORMAT, _("not well-formed XML"));
}

bool
afcars20_read(struct intake *in, struct bytes *b, struct err *err)
{
	struct reader r = {.in = in, .err = err};

	r.xml = new_parser(&r);
	if (r.xml == NULL)
		return err_set(err, ERR_INTERNAL, "no XML parser");
	feed(&r, b);
	if (!r.failed && r.period == 0)
		fail(&r, ERR_FORMAT, _("E2_report_date is missing"));
	if (r.xml->myDoc != NULL)
		xmlFreeDoc(r.xml->myDoc);
	xmlFreeParserCtxt(r.xml);
	buf_free(&r.text);
	af20_fini(&r.rec);
	return !r.failed && bytes_check(b, err);
}
