#include "base/secret.h"

#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"

#define PASSPHRASE_MOST 1024

char *
secret_ask(FILE *in, const char *prompt)
{
	struct termios found, quiet;
	bool tty = isatty(fileno(in)) && tcgetattr(fileno(in), &found) == 0;
	char *line = xmalloc(PASSPHRASE_MOST);

	if (tty) {
		quiet = found;
		quiet.c_lflag &= (tcflag_t)~ECHO;
		tcsetattr(fileno(in), TCSAFLUSH, &quiet);
		/* Only now: who answers at once must not be shown. */
		fputs(prompt, stderr);
	}
	if (fgets(line, PASSPHRASE_MOST, in) == NULL) {
		free(line);
		line = NULL;
	} else {
		line[strcspn(line, "\n")] = '\0';
	}
	if (tty) {
		tcsetattr(fileno(in), TCSADRAIN, &found);
		fputc('\n', stderr);
	}
	return line;
}

void
secret_free(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

char *
secret_new(FILE *in, struct err *err)
{
	char *secret = secret_ask(in, _("A new passphrase: ")), *again = NULL;
	bool same = secret != NULL;

	if (same && isatty(fileno(in))) {
		again = secret_ask(in, _("The same once more: "));
		same = again != NULL && strcmp(again, secret) == 0;
	}
	secret_free(again);
	if (same)
		return secret;
	err_set(err, ERR_WRONG_KEY, "%s",
	    _("that was not the same passphrase twice"));
	secret_free(secret);
	return NULL;
}
