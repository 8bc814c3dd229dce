// Ranks passages for questions. Input: a line "P…" for each passage, then a line "Q…" for each
// question; output: "question passage" on a line, best first. Arguments: terms (the lines hold terms
// parted by spaces) or ngrams (Xapian makes the terms), and how many hits of each.
#include <xapian.h>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const bool ngrams = std::string(argv[1]) == "ngrams";
  const int limit = std::atoi(argv[2]);
  try {
    Xapian::WritableDatabase db("", Xapian::DB_BACKEND_INMEMORY);
    std::string line;
    int question = 0;
    while (std::getline(std::cin, line)) {
      const std::string text = line.substr(1);
      if (line[0] == 'P') {
        Xapian::Document doc;
        if (ngrams) {
          Xapian::TermGenerator maker;
          maker.set_document(doc);
          maker.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
          maker.index_text(text);
        } else {
          std::istringstream words(text);
          for (std::string w; words >> w;) doc.add_term(w);
        }
        db.add_document(doc);
        continue;
      }
      Xapian::Query query;
      if (ngrams) {
        Xapian::Document doc;
        Xapian::TermGenerator maker;
        maker.set_document(doc);
        maker.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
        maker.index_text_without_positions(text);
        query = Xapian::Query(Xapian::Query::OP_OR, doc.termlist_begin(), doc.termlist_end());
      } else {
        std::vector<std::string> all;
        std::istringstream words(text);
        for (std::string w; words >> w;) all.push_back(w);
        query = Xapian::Query(Xapian::Query::OP_OR, all.begin(), all.end());
      }
      Xapian::Enquire enquire(db);
      enquire.set_query(query);
      Xapian::MSet hits = enquire.get_mset(0, limit);
      for (Xapian::MSetIterator i = hits.begin(); i != hits.end(); ++i) std::cout << question << ' ' << *i - 1 << '\n';
      ++question;
    }
  } catch (const Xapian::Error& e) {
    std::cerr << e.get_description() << '\n';
    return 1;
  }
}
