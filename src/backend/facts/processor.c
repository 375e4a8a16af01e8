/* processor.c: see processor.h. */
#include "config.h"

#include "facts/processor.h"

FerryProcessor *ferry_processor_read (FerryRoot *root) { FerryProcessor *p = g_new0 (FerryProcessor, 1); p->architecture = g_strdup (""); p->model_name = g_strdup (""); return p; }
void ferry_processor_free (FerryProcessor *p) { g_free (p->architecture); g_free (p->model_name); g_free (p); }
