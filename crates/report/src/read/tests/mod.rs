//! Reading in every layout: invented figures, all different, so that a shifted column is seen.
