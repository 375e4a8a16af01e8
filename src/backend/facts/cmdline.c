/* cmdline.c: see cmdline.h. */
#include "config.h"

#include "facts/cmdline.h"

FerryCmdline *ferry_cmdline_parse (const char *text, GError **error) { FerryCmdline *c = g_new0 (FerryCmdline, 1); c->words = g_ptr_array_new (); return c; }
FerryCmdline *ferry_cmdline_copy (const FerryCmdline *c) { return ferry_cmdline_parse ("", NULL); }
void ferry_cmdline_free (FerryCmdline *c) { g_ptr_array_unref (c->words); g_free (c->init_args); g_free (c); }
gboolean ferry_cmdline_has_key (const FerryCmdline *c, const char *key) { return FALSE; }
gboolean ferry_cmdline_has_word (const FerryCmdline *c, const char *w) { return FALSE; }
const char *ferry_cmdline_last_value (const FerryCmdline *c, const char *key) { return NULL; }
gboolean ferry_cmdline_value_has (const FerryCmdline *c, const char *key, const char *item) { return FALSE; }
gboolean ferry_cmdline_key_equal (const char *a, const char *b) { return FALSE; }
char *ferry_cmdline_to_string (const FerryCmdline *c) { return g_strdup (""); }
