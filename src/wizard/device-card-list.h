/* device-card-list.h: the graphics cards of a computer as a newcomer sees them, one to be chosen.
 *
 * Radio buttons with the name of the card and its verdict in a word and a sentence. It judges
 * nothing and keeps nothing of the report but the addresses.
 *
 * Signal "chosen": somebody chose another card, by mouse or by key.
 */
#pragma once

#include <gtk/gtk.h>

#include "plan/check.h"

G_BEGIN_DECLS

#define FERRY_TYPE_DEVICE_CARD_LIST (ferry_device_card_list_get_type ())
G_DECLARE_FINAL_TYPE (FerryDeviceCardList, ferry_device_card_list, FERRY, DEVICE_CARD_LIST,
                      GtkWidget)

void ferry_device_card_list_set_report (FerryDeviceCardList *self, const FerryReport *report);
void ferry_device_card_list_choose (FerryDeviceCardList *self, const char *address);
const char *ferry_device_card_list_get_chosen (FerryDeviceCardList *self);

/* The words and the icon for a verdict, shared with the explanation of it. */
const char *ferry_device_card_list_verdict_word (FerryCardVerdict verdict);
const char *ferry_device_card_list_verdict_icon (FerryCardVerdict verdict);
const char *ferry_device_card_list_verdict_style (FerryCardVerdict verdict);

G_END_DECLS
