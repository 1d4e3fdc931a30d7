"""What was published: releases swapped in whole, compared with the one before, told in a feed."""
