package seal

import (
	"bytes"
	"testing"
)

func TestASecretOpensOnlyUnderItsKeyForItsOwnerUnchanged(t *testing.T) {
	s, err := New(bytes.Repeat([]byte{1}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	other, err := New(bytes.Repeat([]byte{2}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	sealed := s.Seal("秘密", "contact/1")
	if bytes.Contains(sealed, []byte("秘密")) || bytes.Equal(sealed, s.Seal("秘密", "contact/1")) {
		t.Fatal("the secret shows, or the nonce repeats")
	}
	if got, err := s.Open(sealed, "contact/1"); err != nil || got != "秘密" {
		t.Fatal(got, err)
	}
	if _, err := s.Open(sealed, "contact/2"); err == nil {
		t.Error("opens for another owner")
	}
	if _, err := other.Open(sealed, "contact/1"); err == nil {
		t.Error("opens under another key")
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := s.Open(sealed, "contact/1"); err == nil {
		t.Error("opens although it was changed")
	}
	if _, err := s.Open(sealed[:5], "contact/1"); err == nil {
		t.Error("opens a stump")
	}
	if _, err := New(make([]byte, 16)); err == nil {
		t.Error("takes a short key")
	}
}
