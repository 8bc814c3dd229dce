package mongotest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// supervise runs a server until its own standard input ends, which is when the
// test process is gone, or until a word arrives: then the files are kept.
const supervise = `dir=$1; shift
"$@" </dev/null >"$dir/out.log" 2>&1 &
pid=$!
echo $pid
read -r word
kill -9 $pid 2>/dev/null
wait $pid 2>/dev/null
[ "$word" = keep ] || rm -rf "$dir"`

// node is one server process on a directory and a port of its own.
type node struct {
	dir  string
	port int
	pid  int
	cmd  *exec.Cmd
	pipe io.WriteCloser
}

// start runs mongod on the directory of n, again or for the first time.
func (n *node) start(args ...string) error {
	bin, err := binary()
	if err != nil {
		return err
	}
	argv := append([]string{"-c", supervise, "sh", n.dir, bin, "--bind_ip", "127.0.0.1", "--port", strconv.Itoa(n.port), "--dbpath", n.dir,
		"--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--logpath", filepath.Join(n.dir, "mongod.log"), "--logappend",
		"--setParameter", "enableTestCommands=1", "--setParameter", "diagnosticDataCollectionEnabled=false"}, args...)
	n.cmd = exec.Command("sh", argv...)
	n.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt at the terminal is for the test process only
	if n.pipe, err = n.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := n.cmd.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("start of mongod: %w", err)
	}
	n.pid, err = strconv.Atoi(strings.TrimSpace(line))
	return err
}

// kill ends the server with SIGKILL and keeps its files.
func (n *node) kill() error { return n.end("keep\n") }

// remove ends the server with SIGKILL and removes its files.
func (n *node) remove() error { return n.end("") }

func (n *node) end(word string) error {
	if n.cmd == nil {
		return nil
	}
	// SIGKILL reaches the server before the shell is told, so that the moment
	// of death is that of the call.
	if err := syscall.Kill(n.pid, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
		return err
	}
	_, err := io.WriteString(n.pipe, word)
	n.pipe.Close()
	n.cmd.Wait() // its status is that of the shell's last command and says nothing
	n.cmd = nil
	return err
}

// newNode reserves a directory and a free port.
func newNode() (*node, error) {
	dir, err := os.MkdirTemp("", "yjy-mongod-")
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return &node{dir: dir, port: l.Addr().(*net.TCPAddr).Port}, nil
}

// inSet are the arguments of a member of a replica set.
var inSet = []string{"--replSet", setName}

func (n *node) host() string { return "127.0.0.1:" + strconv.Itoa(n.port) }
