// Package ids makes and checks the identifiers of documents: UUIDs of version
// 7 (RFC 9562 §5.7), whose text order is their order of creation, so that an
// index ending in the id pages in a stable order.
package ids
