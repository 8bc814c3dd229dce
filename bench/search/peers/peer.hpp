// What the drivers of the peers share: records, queries, the protocol on standard
// input and output, and the clock. See ../doc.go.
#pragma once
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace peer {

constexpr int facets = 4;      // era, category, material, museum
constexpr int longest = 200;   // years of a record at most
constexpr size_t shown = 10;   // hits of an answer

struct Record {
  std::string text, code;
  int facet[facets], from, to;
  bool placed;
  double lon, lat;
};

inline std::vector<std::string> split(const std::string& line, char by = '\t') {
  std::vector<std::string> out;
  std::stringstream in(line);
  for (std::string cell; std::getline(in, cell, by);) out.push_back(cell);
  return out;
}

// load reads records.tsv; the place of a record in it is its number, from 1.
inline std::vector<Record> load(const char* file) {
  std::ifstream in(file);
  std::vector<Record> out;
  for (std::string line; std::getline(in, line);) {
    auto c = split(line);
    Record r{c[0], c[1], {std::stoi(c[2]), std::stoi(c[3]), std::stoi(c[4]), std::stoi(c[5])}, std::stoi(c[6]), std::stoi(c[7]), c[8] != "-", 0, 0};
    if (r.placed) r.lon = std::stod(c[8]), r.lat = std::stod(c[9]);
    out.push_back(r);
  }
  return out;
}

// tokens cuts text into bigrams of Chinese and words of Latin letters and digits;
// an empty token parts what is not adjacent.
inline std::vector<std::string> tokens(const std::string& text) {
  std::vector<std::string> out;
  std::vector<std::string> run;
  std::string word;
  auto endRun = [&] {
    for (size_t i = 0; i + 1 < run.size(); i++) out.push_back(run[i] + run[i + 1]);
    if (!run.empty()) out.push_back("");
    run.clear();
  };
  auto endWord = [&] {
    if (!word.empty()) out.push_back(word), out.push_back("");
    word.clear();
  };
  for (size_t i = 0; i < text.size();) {
    unsigned char b = text[i];
    size_t n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    std::string ch = text.substr(i, n);
    i += n;
    if (n == 1 && isalnum(b)) {
      endRun();
      word += char(tolower(b));
    } else if (n >= 3 && ch != "。") {
      endWord();
      run.push_back(ch);
    } else {
      endRun();
      endWord();
    }
  }
  endRun();
  endWord();
  return out;
}

// wanted are the tokens of a query, without the marks between.
inline std::vector<std::string> wanted(const std::string& text) {
  auto out = tokens(text);
  out.erase(std::remove(out.begin(), out.end(), ""), out.end());
  return out;
}

inline double distance(double lon1, double lat1, double lon2, double lat2) {
  const double rad = M_PI / 180;
  double a = std::sin((lat2 - lat1) * rad / 2), b = std::sin((lon2 - lon1) * rad / 2);
  double h = a * a + std::cos(lat1 * rad) * std::cos(lat2 * rad) * b * b;
  return 2 * 6371008.8 * std::asin(std::sqrt(std::min(h, 1.0)));
}

struct Answer {
  uint64_t total = 0, counts = 0;  // counts: a sum over all values of all facets
  std::vector<uint32_t> top;       // numbers of the first hits
  void hit(uint32_t number) {
    total++;
    if (top.size() < shown) top.push_back(number);
  }
  void count(int facet, int value, uint64_t n) { counts += (uint64_t(facet) * 1000003 + uint64_t(value) * 7919 + 1) * n; }
};

// Counter counts values that are small numbers.
struct Counter {
  std::vector<uint64_t> n[facets];
  void add(int facet, int value) {
    if (size_t(value) >= n[facet].size()) n[facet].resize(value + 1);
    n[facet][value]++;
  }
  void into(Answer& a) const {
    for (int f = 0; f < facets; f++)
      for (size_t v = 0; v < n[f].size(); v++) a.count(f, int(v), n[f][v]);
  }
};

// nearest orders hits by their distance.
struct Nearest {
  std::vector<std::pair<double, uint32_t>> all;
  void into(Answer& a) {
    a.total = all.size();
    size_t n = std::min(shown, all.size());
    std::partial_sort(all.begin(), all.begin() + n, all.end());
    for (size_t i = 0; i < n; i++) a.top.push_back(all[i].second);
  }
};

// Session answers queries of one thread. The kind of a query is its first cell.
struct Session {
  virtual ~Session() {}
  virtual Answer find(const std::vector<std::string>& query) = 0;
  virtual std::string text(uint32_t number) = 0;  // of a record, as it was stored
  size_t shownBytes = 0;
  // ask finds and reads the texts of the hits that are shown.
  Answer ask(const std::vector<std::string>& query) {
    Answer a = find(query);
    for (auto n : a.top) shownBytes += text(n).size();
    return a;
  }
};

struct Engine {
  virtual ~Engine() {}
  virtual void build(const std::string& folder, const std::vector<Record>& records) = 0;
  virtual std::unique_ptr<Session> open(const std::string& folder) = 0;
};

inline int64_t now(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return int64_t(t.tv_sec) * 1000000000 + t.tv_nsec;
}

// clients lets n threads ask the queries of a file in turns, rounds times, and
// prints the latencies in ns. Between two queries a thread lets others run, as a
// client on a network does: else it would keep its processor for many of them, and
// the one in whose midst it loses it would tell of the others' turns only.
inline void clients(Engine& e, const std::string& folder, int n, int rounds, const std::string& file) {
  std::vector<std::vector<std::string>> queries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) queries.push_back(split(line));
  std::vector<std::vector<int64_t>> times(n);
  std::vector<std::thread> threads;
  for (int c = 0; c < n; c++)
    threads.emplace_back([&, c] {
      auto s = e.open(folder);
      for (int r = 0; r < rounds; r++)
        for (size_t i = c; i < queries.size(); i += n) {
          auto began = now(CLOCK_MONOTONIC);
          s->ask(queries[i]);
          times[c].push_back(now(CLOCK_MONOTONIC) - began);
          std::this_thread::yield();  // as one who waits for the next question
        }
    });
  for (auto& t : threads) t.join();
  for (auto& list : times)
    for (auto t : list) std::cout << t << ' ';
  std::cout << std::endl;
}

inline long resident() {  // kB at most so far
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_maxrss;
}

// run is main: "build FOLDER RECORDS", or "serve FOLDER", which answers the lines
// of standard input: a query, or "clients N ROUNDS FILE", or "memory".
inline int run(Engine& e, int argc, char** argv) {
  if (argc == 4 && std::string(argv[1]) == "build") {
    auto records = load(argv[3]);
    auto wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    e.build(argv[2], records);
    std::cout << now(CLOCK_MONOTONIC) - wall << ' ' << now(CLOCK_PROCESS_CPUTIME_ID) - cpu << ' ' << resident() << std::endl;
    return 0;
  }
  if (argc != 3 || std::string(argv[1]) != "serve") return 2;
  auto s = e.open(argv[2]);
  for (std::string line; std::getline(std::cin, line);) {
    auto q = split(line);
    if (q[0] == "memory") {
      std::cout << resident() << std::endl;
      continue;
    }
    if (q[0] == "clients") {
      clients(e, argv[2], std::stoi(q[1]), std::stoi(q[2]), q[3]);
      continue;
    }
    auto began = now(CLOCK_MONOTONIC);
    Answer a = s->ask(q);
    auto took = now(CLOCK_MONOTONIC) - began;
    std::cout << a.total << '\t' << took << '\t' << a.counts << '\t';
    for (auto n : a.top) std::cout << n << ' ';
    std::cout << std::endl;
  }
  return 0;
}

}  // namespace peer
