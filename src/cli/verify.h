/* verify.h: the look at a computer that ferryctl verify and ferryctl report share. */
#pragma once

#include "cli/command.h"
#include "plan/verification.h"

G_BEGIN_DECLS

FerryVerification *ferry_verify_look (const FerryRequest *request, FerryMachine **machine, GVariant **facts,
                                      GError **error);

G_END_DECLS
