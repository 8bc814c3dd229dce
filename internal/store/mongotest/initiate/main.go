// Command initiate makes a replica set of running mongod servers, waits for
// its primary and prints its URI. scripts/mongod calls it in place of the
// mongo shell.
//
// Usage: initiate HOST:PORT[,HOST:PORT…]
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"yijianyou/internal/store/mongotest"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: initiate HOST:PORT[,HOST:PORT…]")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	uri, err := mongotest.Initiate(ctx, strings.Split(os.Args[1], ","))
	if err != nil {
		fmt.Fprintln(os.Stderr, "initiate:", err)
		os.Exit(1)
	}
	fmt.Println(uri)
}
