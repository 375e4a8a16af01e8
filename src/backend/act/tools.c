/* tools.c: see tools.h. */
#include "config.h"

#include "act/tools.h"

void
ferry_tools_free (FerryTools *tools)
{
  if (tools == NULL)
    return;
  g_free (tools->user_name);
  g_free (tools->entry_id);
  tools->free (tools);
}
