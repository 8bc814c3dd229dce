package sensorshttp

import (
	"encoding/base64"
	"io"
	"mime"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// Captured is what became of the samples that a device posted. It is sent after
// they are stored.
type Captured struct {
	Stored   int               `json:"stored" doc:"new ones; of sightings those that were taken, new or not"`
	Repeated int               `json:"repeated" doc:"that were stored before"`
	Refused  []CapturedRefusal `json:"refused" nullable:"false" doc:"bad ones; sending them again does not help"`
}

// CapturedRefusal is a sample that was not taken.
type CapturedRefusal struct {
	Index   int    `json:"index" doc:"of the sample, from 0; -1 the whole message"`
	Path    string `json:"path" doc:"where in the body"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// longestBasic is the longest Authorization that can hold a device and its secret:
// 64 characters each and a colon, in base64, and the scheme.
const longestBasic = 256

// mountCapture declares how devices post what they measure over HTTP. It is a
// plain route so that nothing of a body is read before the device is known.
func mountCapture(r *httpkit.Router, svc *sensors.Service) {
	var kinds []any
	for _, k := range sensors.SampleKinds {
		kinds = append(kinds, string(k))
	}
	body := map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{OneOf: []*huma.Schema{{Type: "object"}, {Type: "array"}},
		Description: `one sample, an array of them, or {"samples": [...]}, as published over MQTT; at most 1000`}}}
	r.Plain(httpkit.Op{Method: "POST", Path: "/api/v1/capture/{kind}", ID: "capture", Tag: "capture", Policy: httpkit.Device(), MaxBody: sensors.MaxPayload,
		Summary: "Store samples of a device; the answer comes after the commit. Samples that are sent again are stored once",
		Faults:  []*fault.Code{sensors.ErrDeviceRefused, sensors.ErrDeviceThrottled, sensors.ErrStopping}},
		&huma.Operation{
			Parameters:  []*huma.Param{{Name: "kind", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Enum: kinds}}},
			RequestBody: &huma.RequestBody{Required: true, Content: body},
			Responses: map[string]*huma.Response{"200": {Description: "What became of the samples",
				Content: map[string]*huma.MediaType{"application/json": {Schema: r.Registry().Schema(reflect.TypeFor[Captured](), true, "Captured")}}}},
		}, capture(svc))
}

func capture(svc *sensors.Service) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx := c.UserContext()
		name, secret := basic(c.Get(fiber.HeaderAuthorization))
		device, err := svc.Authenticate(ctx, sensors.DeviceID(name), secret, httpkit.Address(ctx))
		if err != nil {
			return err
		}
		kind := sensors.SampleKind(c.Params("kind"))
		if !slices.Contains(sensors.SampleKinds, kind) {
			return httpkit.Malformed(httpkit.ErrParameter.At("path.kind", fault.P("expected", kindNames())))
		}
		if t, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err != nil || t != "application/json" {
			return httpkit.ErrMediaType.New(fault.P("expected", "application/json"))
		}
		var payload []byte
		if stream := c.Context().RequestBodyStream(); stream != nil {
			if payload, err = io.ReadAll(io.LimitReader(stream, sensors.MaxPayload+1)); err != nil {
				return httpkit.ErrSlow.Wrap(err)
			}
		}
		if len(payload) > sensors.MaxPayload {
			return httpkit.ErrTooLarge.New(fault.P("max", sensors.MaxPayload))
		}
		report, err := svc.Capture(ctx, sensors.Message{Org: device.Org, Device: sensors.DeviceID(device.ID), Kind: kind, Payload: payload})
		if err != nil {
			return err
		}
		out := Captured{Stored: report.Stored, Repeated: report.Repeated, Refused: make([]CapturedRefusal, 0, len(report.Refused))}
		for _, bad := range report.Refused {
			out.Refused = append(out.Refused, CapturedRefusal{Index: bad.Index, Path: bad.Field.Path, Code: bad.Field.Code.ID(), Message: bad.Field.Text(httpkit.Lang(ctx))})
		}
		return c.JSON(out)
	}
}

// basic reads the name and the secret of Authorization: Basic (RFC 7617); both are
// empty when it is none.
func basic(header string) (name, secret string) {
	scheme, text, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Basic") || len(header) > longestBasic {
		return "", ""
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return "", ""
	}
	name, secret, _ = strings.Cut(string(raw), ":")
	return name, secret
}

func kindNames() string {
	var names []string
	for _, k := range sensors.SampleKinds {
		names = append(names, string(k))
	}
	return strings.Join(names, " | ")
}
