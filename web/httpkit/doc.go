// Package httpkit is what every HTTP handler of this program shares: routes
// with a declared policy, problem answers, inputs of lists and of conditional
// requests, entity tags, replay of repeated POSTs, and the middleware in its
// fixed order.
//
// A package that speaks HTTP exports Mount and looks like this:
//
//	func Mount(r *httpkit.Router, svc *heritage.Service) {
//		httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/relics/{id}", ID: "relic-by-id", Tag: "relics",
//			Summary: "One relic", Policy: httpkit.Public()}, relicByID(svc))
//	}
//
//	type relicByIDInput struct {
//		ID string `path:"id" format:"uuid"`
//		httpkit.ViewInput
//	}
//	type relicOutput struct {
//		httpkit.Entity
//		Body relicView
//	}
//
// and in the handler, after one call of the service,
//
//	return &relicOutput{Entity: httpkit.NewEntity(ctx, relic.Rev, in.View), Body: view(relic)}, nil
//
// Ideas:
//
//   - A handler parses, calls one method of a service and makes a view. It
//     returns any error as it is; the kit turns it into problem+json (RFC 9457)
//     in the reader's language. The text of an error without a fault.Code and
//     the cause of one that has a code never leave; they are logged.
//   - Every route has a Policy. It is the first door only: the service decides
//     about the record. Router.Routes lists all of them for the golden file.
//   - 400 means "could not be read as the OpenAPI document describes", with
//     fields; 422 means "read, but breaks a rule of the domain", with fields. A
//     path in fields is a JSON path in the body, or query.NAME, path.NAME,
//     header.NAME. Members that the document does not name are refused.
//   - Bodies are decoded by huma; its validation of bodies is switched off, the
//     domain's rules speak once. Parameters are checked against their tags
//     (minimum, maximum, maxLength, enum, pattern, format).
//   - Fiber matches routes in the order of registration: declare the fixed path
//     (/relics/export) before the one with a parameter (/relics/{id}).
//   - *fiber.Ctx never goes below a handler. What a service needs is in the
//     context: Actor, Lang, RequestID. The context ends after Op.Deadline, but
//     for routes that declare Stream.
//   - Plain routes (server-sent events, images, uploads, downloads) get the same
//     gate: policy, size, deadline, problem answers for returned errors. They
//     read bodies through c.Context().RequestBodyStream(); a body without a
//     Content-Length is refused, a longer one than Op.MaxBody never arrives.
//   - What pages of other sites may read is opened by prefix (Router.CrossOrigin),
//     so that refusals say so, too; everything else is for our own pages.
//   - What is asked thousands of times a second and is the same for everybody may be
//     answered from memory before a route is looked for (Router.Early), with the
//     headers, limit, count and log of every other request.
//   - GET answers HEAD too. A 200 with an ETag answers If-None-Match with 304.
//     Without an ETag of its own a cacheable JSON answer gets a weak one.
//
// Status of a fault by its kind: Invalid 422, NotFound 404, Conflict 409,
// Denied 403, Unauthenticated 401, TooLarge 413, TooMany 429 (Retry-After),
// Unavailable 503, PreconditionRequired 428, Stale 412, Unsupported 415,
// Unknown 503, Internal 500. The kit's own codes of an unreadable request are
// 400, 405 and 411; Router.Answer gives a code of another package the status that
// a standard asks for. A store.ErrConflict in answer to a request with If-Match
// becomes 412.
//
// A POST through Handle by a known actor may carry an Idempotency-Key; see
// idempotency.go.
//
// What is not here: accounts and sessions (web/auth implements Sessions), the
// server itself, the single-page application (web).
//
// Tests of handlers: package httpkittest.
//
// Reading order: router.go, policy.go, problem.go, bind.go, inputs.go, etag.go,
// gate.go, chain.go, idempotency.go, limit.go, metrics.go, document.go.
package httpkit
