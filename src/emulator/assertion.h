/* assertion.h - client assertions (RFC 7523): JWTs that a certificate's owner has signed. */
#ifndef EMULATOR_ASSERTION_H
#define EMULATOR_ASSERTION_H

enum assertion_verdict { ASSERTION_GOOD, ASSERTION_NOT_GOOD, ASSERTION_EXPIRED };

/* Check header, claims and signature.  certificate: its file (PEM), NULL: no assertion is accepted;
 * client: wanted as iss and sub; audience: wanted as aud. */
enum assertion_verdict assertion_check(const char *certificate, const char *client,
                                       const char *audience, const char *assertion);

#endif
