/* edit.h: pure text surgery on configuration files: string in, string out.
 *
 * Every edit keeps each byte that it does not have to change. What does not parse strictly is refused
 * with FERRY_ERROR_UNSUPPORTED; the caller then shows manual steps. Words to add must be made of
 * [A-Za-z0-9._,:=/@+-] only (ferry_edit_word_is_safe()); others are FERRY_ERROR_INVALID. A word that is
 * already there is not added again. Formats: POSIX shell assignments (XCU 2.9.1) as sourced by
 * grub-mkconfig and mkinitcpio, kernel-install(8), UAPI.1 Boot Loader Specification, rEFInd's
 * refind_linux.conf, limine's entry tool, initramfs-tools' modules file.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ferry_edit_word_is_safe (const char *word);

/* The literal value that @name has after the file was sourced, e.g. GRUB_CMDLINE_LINUX_DEFAULT: all quote
 * styles, +=, last assignment wins, continuation lines. FERRY_ERROR_NOT_FOUND when it is never set;
 * FERRY_ERROR_UNSUPPORTED when it cannot be known without running the file ($, backtick, conditionals). */
char *ferry_edit_shell_value (const char *text, const char *name, GError **error);

/* Adds @words at the end of the value of @name (a list separated by blanks). Edits the last assignment in
 * place, in its own quote style; adds an assignment at the end of the file when there is none. */
char *ferry_edit_shell_add_words (const char *text, const char *name, const char *const *words,
                                  GError **error);
/* Sets @name to one plain word, replacing the value of the last assignment. */
char *ferry_edit_shell_set (const char *text, const char *name, const char *value, GError **error);
/* Whether every quote and bracket in the file is closed. */
gboolean ferry_edit_shell_is_whole (const char *text);
/* bash arrays or strings, e.g. MODULES=() or MODULES="": puts @words in front, in their order. */
char *ferry_edit_array_prepend (const char *text, const char *name, const char *const *words,
                                GError **error);
/* The members of a bash array or of a string split at blanks. */
char **ferry_edit_array_members (const char *text, const char *name, GError **error);

/* One line of kernel words (etc/kernel/cmdline, etc/cmdline.d/x.conf); "root=" must be there. */
char *ferry_edit_cmdline_add (const char *text, const char *const *words, GError **error);
/* A Boot Loader Specification entry: the "options" line(s). */
char *ferry_edit_bls_add (const char *text, const char *const *words, GError **error);
/* loader.conf(5) of systemd-boot: a menu that is hidden or gone at once is shown for @seconds. NULL when "timeout" is not
 * understood. */
char *ferry_edit_loader_timeout (const char *text, guint seconds);
/* refind_linux.conf: the first quoted pair; recovery lines ("single" or without "quiet" as second or
 * later line) stay as they are. */
char *ferry_edit_refind_add (const char *text, const char *const *words, GError **error);
/* etc/default/limine: KERNEL_CMDLINE[default]. */
char *ferry_edit_limine_add (const char *text, const char *const *words, GError **error);
/* A file of one name a line (etc/initramfs-tools/modules): adds the missing lines at the end. */
char *ferry_edit_lines_add (const char *text, const char *const *lines, GError **error);

G_END_DECLS
