using Anneal.Notebooks;

// The child process of a notebook; NotebookRunner starts it and tells it what to run.
return args is ["child", var pipe] ? ChildProgram.Run(pipe) : Refuse();

static int Refuse()
{
    Console.Error.WriteLine("This program runs the cells of one notebook for the anneal command. Use: anneal render");
    return 2;
}
