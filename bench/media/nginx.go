package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"yijianyou/bench/bed"
)

// nginx serves the bytes of our tiles as files, and stands in front of IIPImage.
type nginx struct {
	binary, folder  string
	static, dynamic string   // addresses
	behind          []string // sockets of IIPImage
	photos          []*photo
	process         *exec.Cmd
}

func newNginx(binary, folder string) (*nginx, error) {
	n := &nginx{binary: binary, folder: folder}
	var err error
	if n.static, err = bed.FreePort(); err != nil {
		return nil, err
	}
	if n.dynamic, err = bed.FreePort(); err != nil {
		return nil, err
	}
	return n, os.MkdirAll(filepath.Join(folder, "tmp"), 0o755)
}

// copyTiles fetches every tile of ours into a file under the same path.
func (n *nginx) copyTiles(ctx context.Context, base string, photos []*photo) error {
	n.photos = photos
	c, err := dial(ctx, strings.TrimPrefix(base, "http://"), 200)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	for _, t := range tilesOf(photos) {
		path := n.path(t)
		status, _, body, err := c.get(path, true)
		if err != nil || status != http.StatusOK {
			return fmt.Errorf("%s: %d %w", path, status, err)
		}
		name := filepath.Join(n.folder, "root", filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

const nginxSettings = `daemon off; worker_processes %d; pid %[2]s/pid; error_log %[2]s/log warn; %[6]s
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_timeout 300s; keepalive_requests 100000000;
  open_file_cache max=20000 inactive=600s; open_file_cache_valid 600s;
  client_body_temp_path %[2]s/tmp; proxy_temp_path %[2]s/tmp; fastcgi_temp_path %[2]s/tmp; uwsgi_temp_path %[2]s/tmp; scgi_temp_path %[2]s/tmp;
  default_type image/jpeg;
  server { listen %[3]s; root %[2]s/root; add_header Cache-Control "public, max-age=600"; etag on; }
  %[5]s
  server {
    listen %[4]s;
    location ~ ^/iip/(.*)$ {
      fastcgi_pass iip; fastcgi_buffering on; fastcgi_buffers 16 64k; fastcgi_buffer_size 64k; fastcgi_max_temp_file_size 0;
      fastcgi_param QUERY_STRING IIIF=$1; fastcgi_param REQUEST_METHOD $request_method; fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param SERVER_PROTOCOL $server_protocol; fastcgi_param HTTP_HOST $host;
    }
  }
}
`

func (n *nginx) start(ctx context.Context) error {
	user, upstream := "", "upstream iip { server 127.0.0.1:9; }"
	if os.Getuid() == 0 {
		user = "user root;" // its workers read a folder of this user
	}
	if len(n.behind) > 0 {
		upstream = "upstream iip { least_conn;"
		for _, s := range n.behind {
			upstream += " server " + s + " max_fails=0;"
		}
		upstream += " }"
	}
	settings := fmt.Sprintf(nginxSettings, runtime.NumCPU(), n.folder, n.static, n.dynamic, upstream, user)
	name := filepath.Join(n.folder, "nginx.conf")
	if err := os.WriteFile(name, []byte(settings), 0o644); err != nil {
		return err
	}
	n.process = exec.Command(n.binary, "-c", name, "-p", n.folder)
	n.process.Stderr = os.Stderr
	if err := n.process.Start(); err != nil {
		return err
	}
	for range 100 {
		if c, err := dial(ctx, n.static, 0); err == nil {
			return c.conn.Close()
		}
		if err := bed.Pause(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("nginx does not listen")
}

func (n *nginx) kill() {
	if n.process != nil && n.process.Process != nil {
		_ = n.process.Process.Signal(syscall.SIGTERM)
		_ = n.process.Wait()
	}
}

func (n *nginx) name() string                      { return "nginx" }
func (n *nginx) host() string                      { return n.static }
func (n *nginx) path(p part) string                { return n.photos[p.photo].service + p.rest() }
func (n *nginx) processor() (time.Duration, error) { return family(n.process.Process.Pid) }

// family is the processor time of a process and of its children.
func family(pid int) (time.Duration, error) {
	sum, err := bed.Processor(pid)
	if err != nil {
		return 0, err
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return 0, err
	}
	for child := range strings.FieldsSeq(string(text)) {
		var id int
		if _, err := fmt.Sscan(child, &id); err != nil {
			return 0, err
		}
		one, err := bed.Processor(id)
		if err != nil {
			return 0, err
		}
		sum += one
	}
	return sum, nil
}
