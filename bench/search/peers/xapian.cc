// Xapian with terms of our own for bigrams; documents are numbered in the order of
// the answer, so that no sorting is needed. It has no index for places that it
// asks fast, so it does not take part in that.
#include <xapian.h>

#include "peer.hpp"

using namespace peer;

namespace {

enum Slot { first = facets, last };

Xapian::Query phrase(const std::string& text) {
  auto t = wanted(text);
  if (t.size() == 1) return Xapian::Query(t[0]);
  return Xapian::Query(Xapian::Query::OP_PHRASE, t.begin(), t.end(), t.size());
}

struct XapianSession : Session {
  Xapian::Database db;
  explicit XapianSession(const std::string& folder) : db(folder + "/xapian") {}
  std::string text(uint32_t number) override { return db.get_document(number).get_data(); }
  Answer find(const std::vector<std::string>& q) override {
    Answer a;
    Xapian::Enquire e(db);
    e.set_weighting_scheme(Xapian::BoolWeight());
    e.set_docid_order(Xapian::Enquire::ASCENDING);
    bool counted = q[0] == "facets" || q[0] == "everything";
    if (q[0] == "word" || q[0] == "phrase" || q[0] == "facets") {
      e.set_query(phrase(q[1]));
    } else if (q[0] == "words") {
      e.set_query(Xapian::Query(Xapian::Query::OP_AND, phrase(q[1]), phrase(q[2])));
    } else if (q[0] == "everything") {
      e.set_query(Xapian::Query::MatchAll);
    } else if (q[0] == "prefix") {
      std::string code = q[1];
      for (auto& c : code) c = char(tolower(c));
      e.set_query(Xapian::Query(Xapian::Query::OP_WILDCARD, "C" + code));
    } else if (q[0] == "range") {
      double from = std::stod(q[1]), to = std::stod(q[2]);
      e.set_query(Xapian::Query(Xapian::Query::OP_AND, Xapian::Query(Xapian::Query::OP_VALUE_RANGE, first, Xapian::sortable_serialise(from - longest), Xapian::sortable_serialise(to)),
                                Xapian::Query(Xapian::Query::OP_VALUE_GE, last, Xapian::sortable_serialise(from))));
    }
    std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spies;
    if (counted)
      for (int f = 0; f < facets; f++) {
        spies.push_back(std::make_unique<Xapian::ValueCountMatchSpy>(f));
        e.add_matchspy(spies.back().get());
      }
    Xapian::MSet m = e.get_mset(0, shown, db.get_doccount());
    a.total = m.get_matches_estimated();
    for (auto i = m.begin(); i != m.end(); ++i) a.top.push_back(*i);
    for (size_t f = 0; f < spies.size(); f++)
      for (auto v = spies[f]->values_begin(); v != spies[f]->values_end(); ++v) a.count(int(f), std::stoi(*v), v.get_termfreq());
    return a;
  }
};

struct Xap : Engine {
  void build(const std::string& folder, const std::vector<Record>& records) override {
    Xapian::WritableDatabase db(folder + "/xapian", Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    for (auto& r : records) {
      Xapian::Document d;
      d.set_data(r.text);
      Xapian::termpos at = 1;
      for (auto& t : tokens(r.text)) {
        if (t.empty())
          at += 10;
        else
          d.add_posting(t, at++);
      }
      std::string code = "C" + r.code;
      for (size_t i = 1; i < code.size(); i++) code[i] = char(tolower(code[i]));
      d.add_boolean_term(code);
      for (int f = 0; f < facets; f++) d.add_value(f, std::to_string(r.facet[f]));
      d.add_value(first, Xapian::sortable_serialise(r.from));
      d.add_value(last, Xapian::sortable_serialise(r.to));
      db.add_document(d);
    }
    db.commit();
    db.close();
    Xapian::Database(folder + "/xapian").compact(folder + "/compact");
    std::string move = "rm -r '" + folder + "/xapian' && mv '" + folder + "/compact' '" + folder + "/xapian'";
    if (std::system(move.c_str()) != 0) exit(1);
  }
  std::unique_ptr<Session> open(const std::string& folder) override { return std::make_unique<XapianSession>(folder); }
};

}  // namespace

int main(int argc, char** argv) {
  setenv("XAPIAN_FLUSH_THRESHOLD", "50000", 1);
  Xap e;
  return run(e, argc, argv);
}
