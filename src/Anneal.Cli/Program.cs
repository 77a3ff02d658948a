using System.CommandLine;

var root = new RootCommand("Design, check and teach learning-rate schedules and optimizers.");
return root.Parse(args).Invoke();
