# Writes pooling_extra.json: values that the pinned sets lack or hold less exactly.
#
#   Rscript tests/reference/pooling_extra.R
#
# Needs r-base-core, r-cran-metafor, r-cran-lme4 and r-cran-jsonlite; versions go into the file.
suppressMessages({
  library(metafor)
  library(lme4)
  library(jsonlite)
})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
single <- fromJSON(file.path(here, "single_arm_meta.json"), simplifyDataFrame = FALSE)$cases
ratios <- fromJSON(file.path(here, "ratio_meta.json"), simplifyDataFrame = FALSE)$cases
networks <- fromJSON(file.path(here, "nma.json"), simplifyDataFrame = FALSE)$cases

# Paule-Mandel solved to the last digits: the pinned single-arm values stop at uniroot's default.
paule_mandel <- list()
for (case in single) {
  if (case$k == 1) next
  for (measure in c("PLO", "PFT", "PAS")) {
    fit <- rma(measure = measure, xi = case$x, ni = case$n, method = "PM",
               control = list(tol = 1e-15, maxiter = 10000))
    paule_mandel[[length(paule_mandel) + 1]] <- list(
      id = case$id, measure = measure, tau2 = fit$tau2, te = as.numeric(fit$beta), se = fit$se
    )
  }
}

# One half added to every arm.
all_arms <- list()
for (case in single) {
  if (case$k == 1) next
  fit <- rma(measure = "PLO", xi = case$x, ni = case$n, method = "DL", add = 1 / 2, to = "all")
  all_arms[[length(all_arms) + 1]] <- list(
    id = case$id, tau2 = fit$tau2, te = as.numeric(fit$beta), se = fit$se, q = fit$QE
  )
}

# Exact likelihood, 25 quadrature points, optimised as far as lme4 goes.
arms <- list(
  zeros = list(x = c(0, 3, 5, 0, 2, 9), n = c(10, 20, 25, 12, 15, 30)),
  zeros_and_full = list(x = c(0, 3, 8, 12, 2, 9), n = c(11, 20, 8, 15, 15, 30)),
  large = list(x = c(31, 120, 77, 210), n = c(400, 900, 650, 1500)),
  pritz1997 = list(x = single[[1]]$x, n = single[[1]]$n),
  debruin2009 = list(x = single[[2]]$x, n = single[[2]]$n)
)
exact <- list()
for (id in names(arms)) {
  d <- data.frame(arms[[id]], s = seq_along(arms[[id]]$x))
  control <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-9,
                          optCtrl = list(rhoend = 1e-12, maxfun = 1e6),
                          check.conv.grad = "ignore", check.conv.hess = "ignore",
                          check.conv.singular = "ignore")
  fit <- glmer(cbind(x, n - x) ~ 1 + (1 | s), data = d, family = binomial, nAGQ = 25,
               control = control)
  exact[[id]] <- list(
    id = id, x = d$x, n = d$n, te = as.numeric(fixef(fit)),
    se = sqrt(as.numeric(vcov(fit))), tau2 = as.numeric(VarCorr(fit)$s)
  )
}

# Two groups around means of their own with one tau2.
groups <- list()
for (case in ratios[1:3]) {
  half <- rep(c("first", "second"), length.out = length(case$yi))
  for (method in c("DL", "REML", "ML", "PM")) {
    fit <- rma(yi = case$yi, sei = case$sei, mods = ~ 0 + half, method = method,
               control = list(tol = 1e-15, threshold = 1e-14, maxiter = 10000))
    interval <- confint(fit, control = list(tol = 1e-13))$random["tau^2", 2:3]
    groups[[length(groups) + 1]] <- list(
      id = case$id, method = method, tau2 = fit$tau2, te = as.numeric(fit$beta), se = fit$se,
      q = fit$QE, tau2_ci = as.numeric(interval)
    )
  }
}

# Restricted likelihood of a network with the whole covariance of its multi-arm studies.
basic <- function(case) {
  d <- as.data.frame(case$input_contrasts)
  blocks <- list()
  rows <- list()
  for (study in unique(d$studlab)) {
    mine <- d[d$studlab == study, ]
    arms <- sort(unique(c(mine$treat1, mine$treat2)))
    te <- v <- matrix(0, length(arms), length(arms), dimnames = list(arms, arms))
    for (i in seq_len(nrow(mine))) {
      a <- mine$treat1[i]
      b <- mine$treat2[i]
      te[a, b] <- mine$TE[i]
      te[b, a] <- -mine$TE[i]
      v[a, b] <- v[b, a] <- mine$seTE[i]^2
    }
    others <- arms[-1]
    base <- arms[1]
    block <- outer(v[others, base], v[others, base], "+") - v[others, others]
    blocks[[study]] <- matrix(block / 2, length(others))
    rows[[study]] <- data.frame(study = study, arm = others, base = base, y = te[others, base])
  }
  list(rows = do.call(rbind, rows), V = bldiag(blocks))
}
restricted <- list()
for (case in networks[1:2]) {
  d <- basic(case)
  X <- sapply(case$trts[-1], function(t) (d$rows$arm == t) - (d$rows$base == t))
  d$rows$contrast <- paste(d$rows$arm, d$rows$base)
  fit <- rma.mv(y, d$V, mods = X, intercept = FALSE, random = ~ contrast | study, struct = "CS",
                rho = 1 / 2, data = d$rows, method = "REML",
                control = list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-15))
  restricted[[case$id]] <- list(
    id = case$id, tau2 = fit$tau2, against = case$trts[1], treatments = case$trts[-1],
    te = as.numeric(fit$beta), se = fit$se
  )
}

out <- list(
  family = "pooling_extra",
  R = R.version.string,
  packages = list(metafor = as.character(packageVersion("metafor")),
                  lme4 = as.character(packageVersion("lme4"))),
  script = "tests/reference/pooling_extra.R",
  paule_mandel = paule_mandel, all_arms = all_arms, exact = unname(exact), groups = groups,
  network_reml = unname(restricted)
)
write(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), file.path(here, "pooling_extra.json"))
