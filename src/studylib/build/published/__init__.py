"""What a release holds beside its pages: front page, descriptions, results, crate."""
