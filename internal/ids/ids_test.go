package ids

import "testing"

func TestNewIsOrderedAndValid(t *testing.T) {
	last := ""
	for range 1000 {
		id := New()
		if !Valid(id) {
			t.Fatalf("%q is not valid", id)
		}
		if id <= last {
			t.Fatalf("%q does not follow %q", id, last)
		}
		last = id
	}
}

func TestValidTakesTheCanonicalFormOnly(t *testing.T) {
	for _, s := range []string{"", "x", "018F4D9E-1C2B-7000-8000-000000000000", "{018f4d9e-1c2b-7000-8000-000000000000}", "018f4d9e1c2b70008000000000000000"} {
		if Valid(s) {
			t.Errorf("%q was accepted", s)
		}
	}
}

func TestValidSlug(t *testing.T) {
	for s, want := range map[string]bool{"demo-museum": true, "a": true, "a1": true, "": false, "-a": false, "a-": false, "A": false, "a/b": false, "馆": false} {
		if got := ValidSlug(s); got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
}
