package tus_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/fault"
	"yijianyou/media/tus"
)

func TestNumbersAreDigitsOnly(t *testing.T) {
	for value, want := range map[string]int64{"0": 0, "1": 1, "00012": 12, "104857600": 104857600, "999999999999999999": 999999999999999999,
		"": -1, "-1": -1, "+1": -1, " 1": -1, "1 ": -1, "1e3": -1, "0x10": -1, "1.0": -1, "1,2": -1, "9999999999999999999": -1, strings.Repeat("0", 100): -1, "１": -1} {
		got, err := tus.Number("Upload-Length", value)
		if want < 0 {
			if !errors.Is(err, tus.ErrHeader) {
				t.Errorf("%q: %d %v", value, got, err)
			}
		} else if err != nil || got != want {
			t.Errorf("%q: %d %v", value, got, err)
		}
	}
}

func TestMetadataIsReadAsTheProtocolHasIt(t *testing.T) {
	for value, want := range map[string]map[string]string{
		"":                     {},
		"org ZGVtby1tdXNldW0=": {"org": "demo-museum"},
		"filename 5q2j6Z2iLmpwZw==,org ZGVtby1tdXNldW0=,is_confidential": {"filename": "正面.jpg", "org": "demo-museum", "is_confidential": ""},
		"a YQ==, b Yg==":                    {"a": "a", "b": "b"},
		"empty ":                            {"empty": ""},
		"org !!":                            nil,
		"org ZGVtby1tdXNldW0":               nil,
		"org YQ==,org YQ==":                 nil,
		",":                                 nil,
		"org YQ==,":                         nil,
		"org /w==":                          nil, // no UTF-8
		"名 YQ==":                            nil,
		"org YQ== YQ==":                     nil,
		strings.Repeat("k YQ==,", 20):       nil,
		"k " + strings.Repeat("YWFh", 1100): nil,
	} {
		got, err := tus.Metadata(value)
		if want == nil {
			if !errors.Is(err, tus.ErrHeader) {
				t.Errorf("%.40q: %v %v", value, got, err)
			}
			continue
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%.40q: %v %s", value, err, diff)
		}
	}
}

func TestChecksumsNameTheirAlgorithm(t *testing.T) {
	for value, want := range map[string]*fault.Code{
		"sha1 qUqP5cyxm6YcTAhz05Hph5gvu9M=":                   nil,
		"sha256 n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=": nil,
		"md5 CY9rzUYh03PK3k6DJie09g==":                        tus.ErrAlgorithm,
		"sha256":                                              tus.ErrHeader,
		"sha256 qUqP5cyxm6YcTAhz05Hph5gvu9M=":                 tus.ErrHeader,
		"sha1 n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=":   tus.ErrHeader,
		"sha1 ****":                           tus.ErrHeader,
		"sha256 " + strings.Repeat("A", 1000): tus.ErrHeader,
		"SHA256 n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=": tus.ErrAlgorithm,
	} {
		c, err := tus.ParseChecksum(value)
		if want == nil && (err != nil || len(c.Sum) != c.New().Size()) || want != nil && !errors.Is(err, want) {
			t.Errorf("%.30q: %v", value, err)
		}
	}
	if c, err := tus.ParseChecksum(""); c != nil || err != nil {
		t.Errorf("no checksum: %v %v", c, err)
	}
}

func FuzzHeaders(f *testing.F) {
	f.Add("filename 5q2j6Z2iLmpwZw==,org ZGVtby1tdXNldW0=,x")
	f.Add("sha1 qUqP5cyxm6YcTAhz05Hph5gvu9M=")
	f.Add("104857600")
	f.Fuzz(func(t *testing.T, value string) {
		if n, err := tus.Number("Upload-Offset", value); err == nil && n < 0 || err != nil && !errors.Is(err, tus.ErrHeader) {
			t.Errorf("%d %v", n, err)
		}
		m, err := tus.Metadata(value)
		if err != nil && !errors.Is(err, tus.ErrHeader) || len(m) > 16 {
			t.Errorf("%v %v", m, err)
		}
		if c, err := tus.ParseChecksum(value); err == nil && c != nil && len(c.Sum) != c.New().Size() {
			t.Errorf("%+v", c)
		}
	})
}
