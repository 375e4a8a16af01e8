/* question.h: asks the person at the terminal before something is changed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ferry_question_ask (gboolean yes, GError **error);

G_END_DECLS
