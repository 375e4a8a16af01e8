/* page.h: one page of the wizard.
 *
 * A page shows something and says how it stands: its title, whether it is complete, whether it may
 * be skipped, whether it is busy. It never touches a button: the assistant reads these properties
 * and decides. What pages share is in the session.
 */
#pragma once

#include <adwaita.h>

#include "heading.h"
#include "session.h"

G_BEGIN_DECLS

#define FERRY_TYPE_PAGE (ferry_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (FerryPage, ferry_page, FERRY, PAGE, AdwBin)

struct _FerryPageClass
{
  AdwBinClass parent_class;

  /* All may be NULL. The page has become the visible one; the page is about to be left. */
  void (*shown) (FerryPage *self);
  void (*leave) (FerryPage *self);
  /* The person pressed the button that leads on; leave comes next. */
  void (*agreed) (FerryPage *self);
};

FerrySession *ferry_page_get_session (FerryPage *self);

const char *ferry_page_get_title (FerryPage *self);
void ferry_page_set_title (FerryPage *self, const char *title);
gboolean ferry_page_get_complete (FerryPage *self);
void ferry_page_set_complete (FerryPage *self, gboolean complete);
gboolean ferry_page_get_skippable (FerryPage *self);
void ferry_page_set_skippable (FerryPage *self, gboolean skippable);
gboolean ferry_page_get_busy (FerryPage *self);
void ferry_page_set_busy (FerryPage *self, gboolean busy);

const char *ferry_page_get_forward_label (FerryPage *self);
void ferry_page_set_forward_label (FerryPage *self, const char *label);

void ferry_page_focus_heading (FerryPage *self);
void ferry_page_shown (FerryPage *self);
void ferry_page_leave (FerryPage *self);
void ferry_page_agreed (FerryPage *self);

G_END_DECLS
